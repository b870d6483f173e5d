//! How strong a passphrase is, by zxcvbn. What it says is data here; the window has the sentences.

use usher_core::ports::Strength;
use zxcvbn::Score;
use zxcvbn::feedback::{Feedback, Suggestion, Warning};

/// Weighs a passphrase for somebody to whom these words are close: their name, the vault's.
pub(crate) fn weigh(passphrase: &str, hints: &[String]) -> Strength {
    let hints: Vec<&str> = hints.iter().map(String::as_str).chain(["usher"]).collect();
    let entropy = zxcvbn::zxcvbn(passphrase, &hints);
    let score = u8::from(entropy.score());
    let feedback = entropy.feedback();
    let suggestions = feedback.map(Feedback::suggestions).unwrap_or_default();
    Strength {
        score,
        // A passphrase that looks like a PIN would be taken for one.
        enough: entropy.score() >= Score::Three && !super::looks_like_pin(passphrase),
        guesses_log10: entropy.guesses().checked_ilog10().unwrap_or(0),
        warning: feedback.and_then(Feedback::warning).map(warning),
        suggestions: suggestions.iter().copied().map(suggestion).collect(),
    }
}

fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "straight_rows_of_keys_are_easy_to_guess",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "short_keyboard_patterns_are_easy_to_guess",
        Warning::RepeatsLikeAaaAreEasyToGuess => "repeats_like_aaa_are_easy_to_guess",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            "repeats_like_abc_abc_are_only_slightly_harder_to_guess"
        }
        Warning::ThisIsATop10Password => "this_is_a_top10_password",
        Warning::ThisIsATop100Password => "this_is_a_top100_password",
        Warning::ThisIsACommonPassword => "this_is_a_common_password",
        Warning::ThisIsSimilarToACommonlyUsedPassword => {
            "this_is_similar_to_a_commonly_used_password"
        }
        Warning::SequencesLikeAbcAreEasyToGuess => "sequences_like_abc_are_easy_to_guess",
        Warning::RecentYearsAreEasyToGuess => "recent_years_are_easy_to_guess",
        Warning::AWordByItselfIsEasyToGuess => "a_word_by_itself_is_easy_to_guess",
        Warning::DatesAreOftenEasyToGuess => "dates_are_often_easy_to_guess",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => {
            "names_and_surnames_by_themselves_are_easy_to_guess"
        }
        Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            "common_names_and_surnames_are_easy_to_guess"
        }
    }
}

fn suggestion(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "use_a_few_words_avoid_common_phrases",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => {
            "no_need_for_symbols_digits_or_uppercase_letters"
        }
        Suggestion::AddAnotherWordOrTwo => "add_another_word_or_two",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "capitalization_doesnt_help_very_much",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => {
            "all_uppercase_is_almost_as_easy_to_guess_as_all_lowercase"
        }
        Suggestion::ReversedWordsArentMuchHarderToGuess => {
            "reversed_words_arent_much_harder_to_guess"
        }
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => {
            "predictable_substitutions_dont_help_very_much"
        }
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => {
            "use_a_longer_keyboard_pattern_with_more_turns"
        }
        Suggestion::AvoidRepeatedWordsAndCharacters => "avoid_repeated_words_and_characters",
        Suggestion::AvoidSequences => "avoid_sequences",
        Suggestion::AvoidRecentYears => "avoid_recent_years",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => {
            "avoid_years_that_are_associated_with_you"
        }
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => {
            "avoid_dates_and_years_that_are_associated_with_you"
        }
    }
}
