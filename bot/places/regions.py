"""What people write behind a city: countries, and the states of a few large ones.

Tables for the build; the codes of states are those of GeoNames.
"""

from __future__ import annotations

from typing import Final

# Country codes and the names people use beside the official ones.
ALSO_CALLED: Final = {
    "AE": "uae|emirates|vae",
    "AT": "österreich|autriche",
    "AU": "aus|oz|australien",
    "BE": "belgië|belgique|belgien|belgie",
    "BR": "brasil|brasilien",
    "BY": "беларусь",
    "CH": "schweiz|suisse|svizzera",
    "CI": "ivory coast|cote d'ivoire",
    "CN": "prc|中国",
    "CZ": "czech republic|czechia|česko|tschechien",
    "DE": "deutschland|allemagne|alemania|brd",
    "DK": "danmark",
    "EG": "مصر",
    "ES": "españa|spanien|espagne",
    "FI": "suomi|finnland",
    "FR": "frankreich|francia",
    "GB": "uk|u.k.|great britain|britain|gb",
    "GR": "hellas|ελλάδα|griechenland",
    "HU": "magyarország|ungarn",
    "IE": "éire|republic of ireland|irland",
    "IL": "ישראל",
    "IN": "bharat|भारत|indien",
    "IT": "italia|italien|italie",
    "JP": "日本|nippon",
    "KR": "korea|south korea|republic of korea|한국",
    "MM": "burma",
    "MX": "méxico|mexiko",
    "NL": "holland|the netherlands|nederland|niederlande",
    "NO": "norge|norwegen",
    "NZ": "aotearoa",
    "PL": "polska|polen",
    "PS": "palestine",
    "PT": "portugal",
    "RO": "românia",
    "RU": "россия|russian federation",
    "SA": "ksa",
    "SE": "sverige|schweden",
    "TR": "türkiye|turkiye|turkey|türkei",
    "TW": "臺灣|台灣|republic of china",
    "UA": "україна|украина",
    "US": "usa|u.s.|u.s.a.|america|the us|the usa|united states of america|the united states|the states",
    "VN": "viet nam|việt nam",
    "ZA": "rsa",
}

NATIONS: Final = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}

# GeoNames code of the state: short form for the eye, full name.
CANADA: Final = {
    "01": ("AB", "Alberta"),
    "02": ("BC", "British Columbia"),
    "03": ("MB", "Manitoba"),
    "04": ("NB", "New Brunswick"),
    "05": ("NL", "Newfoundland and Labrador"),
    "07": ("NS", "Nova Scotia"),
    "08": ("ON", "Ontario"),
    "09": ("PE", "Prince Edward Island"),
    "10": ("QC", "Quebec"),
    "11": ("SK", "Saskatchewan"),
    "12": ("YT", "Yukon"),
    "13": ("NT", "Northwest Territories"),
    "14": ("NU", "Nunavut"),
}
AUSTRALIA: Final = {
    "01": ("ACT", "Australian Capital Territory"),
    "02": ("NSW", "New South Wales"),
    "03": ("NT", "Northern Territory"),
    "04": ("QLD", "Queensland"),
    "05": ("SA", "South Australia"),
    "06": ("TAS", "Tasmania"),
    "07": ("VIC", "Victoria"),
    "08": ("WA", "Western Australia"),
}

# Countries and the scripts (as Unicode names begin) in which their people write a city's name.
SCRIPTS: Final = {
    "ARABIC": "AE BH DJ DZ EG EH ER IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE AF",
    "CYRILLIC": "BA BG BY KG KZ ME MK MN RS RU TJ UA UZ MD XK TM",
    "CJK": "CN HK JP MO SG TW MY KR",
    "HIRAGANA": "JP",
    "KATAKANA": "JP",
    "HANGUL": "KR KP",
    "GREEK": "GR CY",
    "HEBREW": "IL PS",
    "ARMENIAN": "AM",
    "GEORGIAN": "GE",
    "THAI": "TH",
    "LAO": "LA",
    "KHMER": "KH",
    "MYANMAR": "MM",
    "ETHIOPIC": "ET ER",
    "SINHALA": "LK",
    "TAMIL": "IN LK SG",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD IN",
    "GUJARATI": "IN",
    "GURMUKHI": "IN",
    "KANNADA": "IN",
    "MALAYALAM": "IN",
    "ORIYA": "IN",
    "TELUGU": "IN",
    "THAANA": "MV",
    "TIBETAN": "CN BT",
}
