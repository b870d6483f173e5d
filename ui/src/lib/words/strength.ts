// How strong a passphrase is, from zxcvbn's closed words.

import type { Strength } from "../api/gen";

const SCORES = ["Very easy to guess", "Easy to guess", "Could be guessed", "Strong", "Very strong"];

/** The score in words. What is hard to guess and still not taken looks like a PIN. */
export function strengthWord({ score, enough }: Strength): string {
  if (score >= 3 && !enough) return "Looks like a PIN";
  return SCORES[Math.min(Math.max(Math.trunc(score), 0), 4)] ?? "";
}

/** What makes it weak. */
const WARNINGS: Record<string, string> = {
  straight_rows_of_keys_are_easy_to_guess: "Keys in a row are easy to guess.",
  short_keyboard_patterns_are_easy_to_guess: "Short patterns on the keyboard are easy to guess.",
  repeats_like_aaa_are_easy_to_guess: "Repeated letters are easy to guess.",
  repeats_like_abc_abc_are_only_slightly_harder_to_guess: "Repeating a part adds next to nothing.",
  this_is_a_top10_password: "It is among the ten most common passwords.",
  this_is_a_top100_password: "It is among the hundred most common passwords.",
  this_is_a_common_password: "It is a common password.",
  this_is_similar_to_a_commonly_used_password: "It is close to a common password.",
  sequences_like_abc_are_easy_to_guess: "Sequences like abc or 6543 are easy to guess.",
  recent_years_are_easy_to_guess: "Recent years are easy to guess.",
  a_word_by_itself_is_easy_to_guess: "A single word is easy to guess.",
  dates_are_often_easy_to_guess: "Dates are easy to guess.",
  names_and_surnames_by_themselves_are_easy_to_guess: "Names are easy to guess.",
  common_names_and_surnames_are_easy_to_guess: "Common names are easy to guess.",
};

/** What would make it stronger. */
const SUGGESTIONS: Record<string, string> = {
  use_a_few_words_avoid_common_phrases: "Use a few words that do not belong together.",
  no_need_for_symbols_digits_or_uppercase_letters: "Symbols and digits are not needed.",
  add_another_word_or_two: "Add another word or two, unusual ones.",
  capitalization_doesnt_help_very_much: "Capital letters do not help much.",
  all_uppercase_is_almost_as_easy_to_guess_as_all_lowercase: "All capitals is as easy to guess as none.",
  reversed_words_arent_much_harder_to_guess: "Words spelt backwards are no harder to guess.",
  predictable_substitutions_dont_help_very_much: "Writing @ for a does not help much.",
  use_a_longer_keyboard_pattern_with_more_turns: "Use words rather than patterns on the keyboard.",
  avoid_repeated_words_and_characters: "Avoid repetitions.",
  avoid_sequences: "Avoid sequences.",
  avoid_recent_years: "Avoid years.",
  avoid_years_that_are_associated_with_you: "Avoid years that have to do with you.",
  avoid_dates_and_years_that_are_associated_with_you: "Avoid dates that have to do with you.",
};

export const STRENGTH_WARNINGS = Object.keys(WARNINGS);
export const STRENGTH_SUGGESTIONS = Object.keys(SUGGESTIONS);

/** Words are compared without case and separators, so that `ThisIsACommonPassword` is found too. */
const bare = (word: string): string => word.toLowerCase().replaceAll(/[^a-z\d]/g, "");
const FOUND = new Map([...Object.entries(WARNINGS), ...Object.entries(SUGGESTIONS)].map(([word, text]) => [bare(word), text]));

/** What to say under the meter: what is wrong with it, and the first thing that would help. */
export function strengthAdvice({ score, warning, suggestions, enough }: Strength): string {
  const said = [warning, ...suggestions].flatMap((word) => (word === null ? [] : (FOUND.get(bare(word)) ?? [])));
  if (score >= 3 && !enough) return "A passphrase needs more than digits.";
  if (said.length > 0) return said.slice(0, 2).join(" ");
  return enough ? "" : "Make it longer: four or more words that do not belong together.";
}
