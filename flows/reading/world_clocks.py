"""One well-known city for each set of clock rules in use, and for the larger countries that share one.

A table, the zones where most people live first. A test compares it with every zone of `zoneinfo`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WorldClock:
    """A city that stands for a zone: its name, country (code and name) and IANA zone."""

    city: str
    country: str
    region: str
    zone: str


_TABLE = """
Mumbai|IN|India|Asia/Kolkata
Shanghai|CN|China|Asia/Shanghai
Jakarta|ID|Indonesia|Asia/Jakarta
New York|US|United States|America/New_York
São Paulo|BR|Brazil|America/Sao_Paulo
Lagos|NG|Nigeria|Africa/Lagos
Moscow|RU|Russia|Europe/Moscow
Karachi|PK|Pakistan|Asia/Karachi
Tokyo|JP|Japan|Asia/Tokyo
Mexico City|MX|Mexico|America/Mexico_City
Berlin|DE|Germany|Europe/Berlin
London|GB|United Kingdom|Europe/London
Istanbul|TR|Türkiye|Europe/Istanbul
Paris|FR|France|Europe/Paris
Chicago|US|United States|America/Chicago
Dhaka|BD|Bangladesh|Asia/Dhaka
Manila|PH|Philippines|Asia/Manila
Cairo|EG|Egypt|Africa/Cairo
Tehran|IR|Iran|Asia/Tehran
Johannesburg|ZA|South Africa|Africa/Johannesburg
Seoul|KR|South Korea|Asia/Seoul
Ho Chi Minh City|VN|Vietnam|Asia/Ho_Chi_Minh
Bangkok|TH|Thailand|Asia/Bangkok
Madrid|ES|Spain|Europe/Madrid
Los Angeles|US|United States|America/Los_Angeles
Bogotá|CO|Colombia|America/Bogota
Rome|IT|Italy|Europe/Rome
Kyiv|UA|Ukraine|Europe/Kyiv
Baghdad|IQ|Iraq|Asia/Baghdad
Kuala Lumpur|MY|Malaysia|Asia/Kuala_Lumpur
Caracas|VE|Venezuela|America/Caracas
Toronto|CA|Canada|America/Toronto
Taipei|TW|Taiwan|Asia/Taipei
Hong Kong|HK|Hong Kong|Asia/Hong_Kong
Riyadh|SA|Saudi Arabia|Asia/Riyadh
Warsaw|PL|Poland|Europe/Warsaw
Casablanca|MA|Morocco|Africa/Casablanca
Lima|PE|Peru|America/Lima
Nairobi|KE|Kenya|Africa/Nairobi
Algiers|DZ|Algeria|Africa/Algiers
Yangon|MM|Myanmar|Asia/Yangon
Addis Ababa|ET|Ethiopia|Africa/Addis_Ababa
Abidjan|CI|Côte d’Ivoire|Africa/Abidjan
Santiago|CL|Chile|America/Santiago
Dubai|AE|United Arab Emirates|Asia/Dubai
Amsterdam|NL|Netherlands|Europe/Amsterdam
Havana|CU|Cuba|America/Havana
Singapore|SG|Singapore|Asia/Singapore
Accra|GH|Ghana|Africa/Accra
Buenos Aires|AR|Argentina|America/Argentina/Buenos_Aires
Guayaquil|EC|Ecuador|America/Guayaquil
Bucharest|RO|Romania|Europe/Bucharest
Sydney|AU|Australia|Australia/Sydney
Budapest|HU|Hungary|Europe/Budapest
Denver|US|United States|America/Denver
Brussels|BE|Belgium|Europe/Brussels
Almaty|KZ|Kazakhstan|Asia/Almaty
Kabul|AF|Afghanistan|Asia/Kabul
Jerusalem|IL|Israel|Asia/Jerusalem
Guatemala City|GT|Guatemala|America/Guatemala
Tashkent|UZ|Uzbekistan|Asia/Tashkent
Stockholm|SE|Sweden|Europe/Stockholm
Santo Domingo|DO|Dominican Republic|America/Santo_Domingo
La Paz|BO|Bolivia|America/La_Paz
Prague|CZ|Czechia|Europe/Prague
Phoenix|US|United States|America/Phoenix
Lisbon|PT|Portugal|Europe/Lisbon
Vienna|AT|Austria|Europe/Vienna
Vancouver|CA|Canada|America/Vancouver
Athens|GR|Greece|Europe/Athens
Kathmandu|NP|Nepal|Asia/Kathmandu
Brisbane|AU|Australia|Australia/Brisbane
Baku|AZ|Azerbaijan|Asia/Baku
Helsinki|FI|Finland|Europe/Helsinki
Auckland|NZ|New Zealand|Pacific/Auckland
Zurich|CH|Switzerland|Europe/Zurich
Minsk|BY|Belarus|Europe/Minsk
Beirut|LB|Lebanon|Asia/Beirut
Colombo|LK|Sri Lanka|Asia/Colombo
Yekaterinburg|RU|Russia|Asia/Yekaterinburg
Novosibirsk|RU|Russia|Asia/Novosibirsk
Calgary|CA|Canada|America/Edmonton
Perth|AU|Australia|Australia/Perth
Copenhagen|DK|Denmark|Europe/Copenhagen
Dublin|IE|Ireland|Europe/Dublin
Vladivostok|RU|Russia|Asia/Vladivostok
Oslo|NO|Norway|Europe/Oslo
Manaus|BR|Brazil|America/Manaus
Gaza|PS|Palestinian Territory|Asia/Gaza
Adelaide|AU|Australia|Australia/Adelaide
Chișinău|MD|Moldova|Europe/Chisinau
Honolulu|US|United States|Pacific/Honolulu
Winnipeg|CA|Canada|America/Winnipeg
Halifax|CA|Canada|America/Halifax
Regina|CA|Canada|America/Regina
Yakutsk|RU|Russia|Asia/Yakutsk
Anchorage|US|United States|America/Anchorage
Suva|FJ|Fiji|Pacific/Fiji
Magadan|RU|Russia|Asia/Magadan
Praia|CV|Cape Verde|Atlantic/Cape_Verde
St. John’s|CA|Canada|America/St_Johns
Las Palmas|ES|Spain|Atlantic/Canary
Darwin|AU|Australia|Australia/Darwin
Reykjavík|IS|Iceland|Atlantic/Reykjavik
Honiara|SB|Solomon Islands|Pacific/Guadalcanal
Apia|WS|Samoa|Pacific/Apia
Kiritimati|KI|Kiribati|Pacific/Kiritimati
Papeete|PF|French Polynesia|Pacific/Tahiti
Ponta Delgada|PT|Azores|Atlantic/Azores
Pago Pago|AS|American Samoa|Pacific/Pago_Pago
Nuuk|GL|Greenland|America/Nuuk
Taiohae|PF|Marquesas Islands|Pacific/Marquesas
Hanga Roa|CL|Easter Island|Pacific/Easter
Saint-Pierre|PM|Saint Pierre and Miquelon|America/Miquelon
Kingston|NF|Norfolk Island|Pacific/Norfolk
Waitangi|NZ|Chatham Islands|Pacific/Chatham
Lord Howe Island|AU|Australia|Australia/Lord_Howe
Adak|US|United States|America/Adak
Rikitea|PF|Gambier Islands|Pacific/Gambier
Eucla|AU|Australia|Australia/Eucla
Adamstown|PN|Pitcairn|Pacific/Pitcairn
Grytviken|GS|South Georgia|Atlantic/South_Georgia
Troll|AQ|Antarctica|Antarctica/Troll
"""

WORLD_CLOCKS: Final = tuple(WorldClock(*line.split("|")) for line in _TABLE.strip().splitlines())
