//! Where demo providers are, how often, and what work costs there.

/// A city that providers work in.
pub struct Place {
    /// How often, beside the others.
    pub weight: u32,
    pub country: &'static str,
    pub city: &'static str,
    pub latitude: f64,
    pub longitude: f64,
    pub zone: &'static str,
    pub languages: &'static [&'static str],
    /// Middle price an hour in US cents.
    pub price: i64,
}

macro_rules! places {
    ($($weight:literal $country:literal $city:literal $latitude:literal $longitude:literal $zone:literal [$($language:literal)*] $price:literal;)*) => {
        pub const PLACES: &[Place] = &[$(Place {
            weight: $weight, country: $country, city: $city, latitude: $latitude, longitude: $longitude, zone: $zone,
            languages: &[$($language),*], price: $price,
        }),*];
    };
}

places! {
    14 "KE" "Nairobi" -1.29 36.82 "Africa/Nairobi" ["en" "sw"] 900;
    4 "KE" "Mombasa" -4.04 39.67 "Africa/Nairobi" ["en" "sw"] 800;
    7 "UG" "Kampala" 0.35 32.58 "Africa/Kampala" ["en" "lg"] 750;
    6 "RW" "Kigali" -1.94 30.06 "Africa/Kigali" ["en" "fr" "rw"] 800;
    3 "TZ" "Dar es Salaam" -6.79 39.21 "Africa/Dar_es_Salaam" ["en" "sw"] 750;
    8 "GH" "Accra" 5.6 -0.19 "Africa/Accra" ["en" "tw"] 850;
    9 "NG" "Lagos" 6.52 3.38 "Africa/Lagos" ["en" "yo" "ha"] 800;
    7 "ZA" "Johannesburg" -26.2 28.05 "Africa/Johannesburg" ["en" "zu" "af"] 1300;
    5 "ZA" "Cape Town" -33.92 18.42 "Africa/Johannesburg" ["en" "af" "xh"] 1400;
    4 "SN" "Dakar" 14.69 -17.45 "Africa/Dakar" ["fr" "wo"] 850;
    3 "CI" "Abidjan" 5.35 -4.01 "Africa/Abidjan" ["fr"] 850;
    4 "MG" "Antananarivo" -18.88 47.51 "Indian/Antananarivo" ["fr" "mg"] 600;
    4 "MA" "Rabat" 34.02 -6.84 "Africa/Casablanca" ["fr" "ar" "es"] 1100;
    3 "TN" "Tunis" 36.81 10.18 "Africa/Tunis" ["fr" "ar"] 1050;
    4 "EG" "Cairo" 30.04 31.24 "Africa/Cairo" ["ar" "en"] 900;
    2 "ET" "Addis Ababa" 9.03 38.74 "Africa/Addis_Ababa" ["am" "en"] 600;
    2 "ZM" "Lusaka" -15.39 28.32 "Africa/Lusaka" ["en" "bem"] 700;
    10 "IN" "Bengaluru" 12.97 77.59 "Asia/Kolkata" ["en" "hi" "kn"] 800;
    5 "IN" "Chennai" 13.08 80.27 "Asia/Kolkata" ["en" "ta"] 750;
    5 "IN" "Ranchi" 23.34 85.31 "Asia/Kolkata" ["en" "hi"] 600;
    4 "BD" "Dhaka" 23.81 90.41 "Asia/Dhaka" ["bn" "en"] 600;
    3 "NP" "Kathmandu" 27.72 85.32 "Asia/Kathmandu" ["ne" "en"] 600;
    3 "PK" "Karachi" 24.86 67.0 "Asia/Karachi" ["ur" "en"] 650;
    3 "LK" "Colombo" 6.93 79.85 "Asia/Colombo" ["si" "ta" "en"] 750;
    9 "PH" "Cebu City" 10.32 123.89 "Asia/Manila" ["en" "fil"] 1000;
    3 "KH" "Phnom Penh" 11.56 104.92 "Asia/Phnom_Penh" ["km" "en"] 700;
    3 "VN" "Da Nang" 16.05 108.2 "Asia/Ho_Chi_Minh" ["vi" "en"] 850;
    5 "CO" "Medellín" 6.25 -75.56 "America/Bogota" ["es" "en"] 1300;
    3 "PE" "Lima" -12.05 -77.04 "America/Lima" ["es"] 1200;
    4 "MX" "Mérida" 20.97 -89.62 "America/Merida" ["es" "en"] 1400;
    3 "BR" "Recife" -8.05 -34.88 "America/Recife" ["pt-BR" "es"] 1300;
    2 "JM" "Montego Bay" 18.47 -77.92 "America/Jamaica" ["en"] 1300;
    2 "HT" "Port-au-Prince" 18.54 -72.34 "America/Port-au-Prince" ["fr" "ht"] 700;
    2 "BG" "Sofia" 42.7 23.32 "Europe/Sofia" ["bg" "en"] 1700;
    2 "PL" "Łódź" 51.76 19.46 "Europe/Warsaw" ["pl" "en" "de"] 2300;
    2 "US" "Detroit" 42.33 -83.05 "America/Detroit" ["en"] 3200;
}
