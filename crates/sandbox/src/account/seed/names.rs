//! Words that the stand-in account's records are made of.

/// Name and the domain that goes with it.
pub(crate) const ORGANIZATIONS: [(&str, &str); 40] = [
    ("Contoso Dental Group", "contoso"),
    ("Adatum Legal LLP", "adatum"),
    ("Fabrikam Furniture", "fabrikam"),
    ("Northwind Traders", "northwind"),
    ("Tailspin Aviation", "tailspin"),
    ("Wide World Importers", "wideworld"),
    ("Proseware Clinic", "proseware"),
    ("Litware Accounting", "litware"),
    ("Coho Vineyard & Winery", "coho"),
    ("Blue Yonder Freight", "blueyonder"),
    ("Lucerne Publishing", "lucerne"),
    ("Margie's Travel", "margies"),
    ("Fourth Coffee", "fourthcoffee"),
    ("Graphic Design Institute", "gdi"),
    ("Humongous Insurance, Inc.", "humongous"),
    ("School of Fine Art", "fineart"),
    ("Southridge Video", "southridge"),
    ("Trey Research", "trey"),
    ("Alpine Ski House", "alpine"),
    ("Bellows College", "bellows"),
    ("Best For You Organics", "bestforyou"),
    ("City Power & Light", "citypower"),
    ("Consolidated Messenger", "consolidated"),
    ("First Up Consultants", "firstup"),
    ("Lamna Healthcare", "lamna"),
    ("Liberty's Delightful Bakery", "liberty"),
    ("Munson's Pickles", "munsons"),
    ("Nod Publishers", "nod"),
    ("Relecloud Hosting", "relecloud"),
    ("VanArsdel, Ltd.", "vanarsdel"),
    ("Wingtip Toys", "wingtip"),
    ("Woodgrove Bank", "woodgrove"),
    ("Zahnarztpraxis Müller & Söhne", "mueller-soehne"),
    ("Boulangerie L'Épi d'Or", "epidor"),
    ("Łódź Stal Sp. z o.o.", "lodzstal"),
    ("Ærø Færge A/S", "aeroefaerge"),
    ("株式会社 テスト 🏢", "tesuto"),
    ("Εργαστήριο Αθήνα", "ergastirio"),
    ("Meridian Logistik GmbH", "meridian"),
    ("Polder Techniek B.V.", "polder"),
];

/// Categories an MSP would use; ids follow their order.
pub(crate) const CATEGORIES: [&str; 10] = [
    "Administrative",
    "Cloud",
    "Network",
    "Server",
    "Wireless",
    "Database",
    "Service account",
    "User",
    "Domains",
    "Application",
];

pub(crate) const SITES: [&str; 10] = [
    "Head Office",
    "Warehouse",
    "North",
    "South",
    "Reception",
    "Plant 2",
    "Datacentre",
    "Lab",
    "Zürich",
    "Besançon",
];

pub(crate) const ROLES: [&str; 12] =
    ["DC", "FS", "SQL", "RDS", "APP", "EX", "BKP", "PRT", "HV", "WEB", "NAS", "UTIL"];

pub(crate) const SERVICES: [&str; 8] =
    ["backup", "sql", "scan", "ldap", "veeam", "print", "sync", "monitor"];

pub(crate) const FIRST: [&str; 16] = [
    "Ada", "Ben", "Chloé", "Dmitri", "Erin", "Farid", "Grace", "Hugo", "Ingrid", "José", "Keiko",
    "Liam", "Mona", "Noah", "Olga", "Zoë",
];

pub(crate) const LAST: [&str; 16] = [
    "Adams", "Brown", "Çelik", "Dupont", "Evans", "Fischer", "García", "Hansen", "Ito", "Jones",
    "Kowalski", "Lopez", "Müller", "Nguyen", "Olsen", "Smith",
];

pub(crate) const APPLICATIONS: [&str; 8] = [
    "Practice manager",
    "Payroll portal",
    "Door access",
    "CCTV",
    "Phone system",
    "ERP",
    "Web shop",
    "Label printer",
];

/// Folders of passwords.
pub(crate) const FOLDERS: [&str; 6] =
    ["Infrastructure", "Cloud services", "Management only", "Vendors", "Servers", "Network"];

/// City, country id and country.
pub(crate) const CITIES: [(&str, u64, &str); 5] = [
    ("Leeds", 370_001, "United Kingdom"),
    ("Zürich", 370_002, "Switzerland"),
    ("Besançon", 370_003, "France"),
    ("Portland", 370_004, "United States"),
    ("Rotterdam", 370_005, "Netherlands"),
];

/// Groups of the MSP's own people.
pub(crate) const GROUPS: [&str; 6] =
    ["Service desk", "Projects", "Security", "Finance", "On call", "Everyone"];

/// Titles of contacts; some have none.
pub(crate) const TITLES: [&str; 6] =
    ["Office manager", "Director", "Accountant", "Receptionist", "IT contact", ""];

/// Names of documents.
pub(crate) const DOCUMENTS: [&str; 8] = [
    "Runbook",
    "Onboarding a new employee",
    "Backup and restore",
    "Network overview",
    "VPN for home workers",
    "Printer setup",
    "Out of hours contacts",
    "Leaver checklist",
];
