"""The eleven tables of a transparency report as the EU prints them: headers, categories, indicators.

Every word is the template's, its spaces at the ends too: files are compared by header.
Source: Implementing Regulation (EU) 2024/2835, Annex I, in the English CSV files that the Commission offers.
"""

ALL = "All"
HOSTING = "Only for providers of hosting services, including online platforms"
PLATFORMS = "Only for providers of online platforms"
"""Whom a row is for; a discussion is an online platform, so that all three are ours."""

EVERYTHING = "TOTAL"
OTHER = "OTHER"
_LEAD = ("Applicability", "Service", "Reporting period")
_OF_WHAT = 'Description of the sub-category "Other"'
_ILLEGAL = "Category of illegal content"
_TRUSTED = " (Trusted Flagger notices)"

# Keywords of each category, in the template's order; each list ends with OTHER.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "ANIMAL_WELFARE": ("ANIMAL_HARM", "UNLAWFUL_SALE_ANIMALS"),
    "CONSUMER_INFORMATION": (
        "HIDDEN_ADVERTISEMENT", "INSUFFICIENT_INFORMATION_ON_TRADERS", "MISLEADING_INFO_GOODS_SERVICES",
        "MISLEADING_INFO_CONSUMER_RIGHTS", "NONCOMPLIANCE_PRICING",
    ),
    "CYBER_VIOLENCE": (
        "CYBER_BULLYING_INTIMIDATION", "CYBER_HARASSMENT", "CYBER_INCITEMENT", "CYBER_STALKING",
        "NON_CONSENSUAL_IMAGE_SHARING", "NON_CONSENSUAL_MATERIAL_DEEPFAKE",
    ),
    "CYBER_VIOLENCE_AGAINST_WOMEN": (
        "BULLYING_AGAINST_GIRLS", "CYBER_HARASSMENT_AGAINST_WOMEN", "CYBER_STALKING_AGAINST_WOMEN",
        "FEMALE_GENDERED_DISINFORMATION", "INCITEMENT_AGAINST_WOMEN",
        "NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN", "NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN",
    ),
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": (
        "BIOMETRIC_DATA_BREACH", "DATA_FALSIFICATION", "MISSING_PROCESSING_GROUND", "RIGHT_TO_BE_FORGOTTEN",
    ),
    "ILLEGAL_OR_HARMFUL_SPEECH": ("DEFAMATION", "DISCRIMINATION", "HATE_SPEECH"),
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS": (
        "COPYRIGHT_INFRINGEMENT", "DESIGN_INFRINGEMENT", "GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
        "PATENT_INFRINGEMENT", "TRADE_SECRET_INFRINGEMENT", "TRADEMARK_INFRINGEMENT",
    ),
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS": (
        "MISINFORMATION_DISINFORMATION", "VIOLATION_EU_LAW", "VIOLATION_NATIONAL_LAW",
    ),
    "PROTECTION_OF_MINORS": (
        "AGE_SPECIFIC_RESTRICTIONS_MINORS", "CHILD_SEXUAL_ABUSE_MATERIAL",
        "CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE", "GROOMING_SEXUAL_ENTICEMENT_MINORS", "UNSAFE_CHALLENGES",
    ),
    "RISK_FOR_PUBLIC_SECURITY": (
        "ILLEGAL_ORGANIZATIONS", "RISK_ENVIRONMENTAL_DAMAGE", "RISK_PUBLIC_HEALTH", "TERRORIST_CONTENT",
    ),
    "SCAMS_AND_FRAUD": (
        "IMPERSONATION_ACCOUNT_HIJACKING", "INAUTHENTIC_ACCOUNTS", "INAUTHENTIC_LISTINGS",
        "INAUTHENTIC_USER_REVIEWS", "PHISHING", "PYRAMID_SCHEMES",
    ),
    "SELF_HARM": ("CONTENT_PROMOTING_EATING_DISORDERS", "SELF_MUTILATION", "SUICIDE"),
    "UNSAFE_AND_PROHIBITED_PRODUCTS": ("PROHIBITED_PRODUCTS", "UNSAFE_PRODUCTS"),
    "VIOLENCE": (
        "COORDINATED_HARM", "INCITEMENT_VIOLENCE_HATRED", "HUMAN_EXPLOITATION", "HUMAN_TRAFFICKING",
        "TRAFFICKING_WOMEN_GIRLS",
    ),
}  # fmt: skip
"""Of the law and of terms alike, without the prefixes `STATEMENT_CATEGORY_` and `KEYWORD_`."""
OF_TERMS: dict[str, tuple[str, ...]] = {
    "OTHER_VIOLATION_TC": (
        "ADULT_SEXUAL_MATERIAL", "AGE_SPECIFIC_RESTRICTIONS", "GEOGRAPHICAL_REQUIREMENTS",
        "GOODS_SERVICES_NOT_PERMITTED", "LANGUAGE_REQUIREMENTS", "NUDITY",
    ),
}  # fmt: skip
NOT_SPECIFIED_NOTICE = "NOT_SPECIFIED_NOTICE"
NOT_SPECIFIED_ORDER = "NOT_SPECIFIED_ORDER"

MEASURES = "Number of measures taken at the provider's own initiative "
AUTOMATED = "Number of measures taken after detection with solely automated means "
DISABLED, REMOVED = "Visibility restriction Disable", "Visibility restriction Removal"
INTERACTION = "Visibility restriction Interaction restricted"
PROVISION_SUSPENDED = "Provision of the service Suspension"
ACCOUNT_SUSPENDED, ACCOUNT_TERMINATED = "Account restriction Suspension", "Account restriction Termination"
OWN_COLUMNS = (
    MEASURES, AUTOMATED, REMOVED, DISABLED, "Visibility restriction Demoted",
    "Visibility restriction Age restricted", INTERACTION, "Visibility restriction Labelled ",
    "Visibility restriction Other", "Monetary restriction Suspension", "Monetary restriction Termination",
    "Monetary restriction Other", PROVISION_SUSPENDED, "Provision of the service Termination",
    ACCOUNT_SUSPENDED, ACCOUNT_TERMINATED,
)  # fmt: skip
_ITEMS = "Number of specific items of information included in the total number of"
NOTICE_COLUMNS = (
    "Number of notices received ", "Number of notices received from Trusted flaggers", f"{_ITEMS} notices",
    f"{_ITEMS} notices by Trusted Flaggers{_TRUSTED}", "Median time to take action",
    f"Median time to take action{_TRUSTED}", "Number of actions taken on the basis of the law",
    f"Number of actions taken on the basis of the law{_TRUSTED}",
    "Number of actions taken on the basis of the terms and conditions of the service",
    f"Number of actions taken on the basis of the terms and conditions of the service{_TRUSTED}",
)  # fmt: skip
_TO_ACT, _TO_INFORM = "to act against illegal content", "to provide information"
ORDER_COLUMNS = (
    f"Number of orders {_TO_ACT} received", f"{_ITEMS} orders {_TO_ACT}",
    f"Median time to inform the authority of the receipt of the order {_TO_ACT}",
    f"Median time to give effect to the order {_TO_ACT}", f"Number of orders {_TO_INFORM}",
    f"Median time to inform the authority of the receipt of the order {_TO_INFORM}",
    f"Median time to give effect to the order {_TO_INFORM}",
)  # fmt: skip
# The template begins two of these with a small letter.
_ORDER_CONTEXT = tuple(
    f"Contextual information on {name[0].lower() if at < 2 else name[0]}{name[1:]}"
    for at, name in enumerate(ORDER_COLUMNS)
)
_INDICATORS = (*_LEAD, "Section", "Indicator", "Scope", "Value")


def _own(of_what: str) -> tuple[str, ...]:
    context = (f"Contextual Information on {name}" for name in OWN_COLUMNS)
    return (*_LEAD, of_what, _OF_WHAT, *OWN_COLUMNS, *context)


HEADERS: dict[str, tuple[str, ...]] = {
    "1_summary": ("Applicability", "Service", "Indicator", "Value"),
    "2_categories_names": (
        "Category label", "Category description",
        "Category of illegal content / incompatible with the terms and conditions", "Contextual information",
    ),
    "3_member_states_orders": (*_LEAD, _ILLEGAL, _OF_WHAT, "Scope", *ORDER_COLUMNS, *_ORDER_CONTEXT),
    "4_notices": (
        *_LEAD, _ILLEGAL, _OF_WHAT, *NOTICE_COLUMNS,
        *(f"Contextual information on {name}" for name in NOTICE_COLUMNS),
    ),
    "5_own_initiative_illegal": _own(_ILLEGAL),
    "6_own_initiative_TC": _own("Category of incompatibility with the provider's terms and conditions"),
    "7_appeals_and_recidivism": (*_INDICATORS, "Contextual Information"),
    "8_automated_means": (*_INDICATORS, "Contextual Information"),
    "9_human_resources": (*_INDICATORS, "Contextual information"),
    "10_AMAR": _INDICATORS,
    "11_qualitative": (*_LEAD, "Indicator", "Value"),
}  # fmt: skip
"""The first line of each file, by its name without ending."""

COMPLAINTS = "Internal complaints mechanism"
SUBMITTED = "Number of complaints submitted to the internal-complaints mechanism"
IMPOSED = "Number of restrictions newly imposed as a result of an internal complaint"
_AGAINST = "Complaint regarding a decision"
_NOT_TO_ACT = f"{_AGAINST} not to take action on a notice submitted"
AGAINST_VISIBILITY = f"{_AGAINST} to remove or disable access to or restrict visibility of information"
AGAINST_PROVISION = f"{_AGAINST} to suspend or terminate the provision of the service"
AGAINST_ACCOUNT = f"{_AGAINST} to suspend or terminate an account "
AGAINST_MONEY = f"{_AGAINST} to restrict the ability to monetise information"
AGAINST_NOTICE = f"{_NOT_TO_ACT} in accordance with Article 16"
AGAINST_TRUSTED = f"{_NOT_TO_ACT} by a Trusted Flagger in accordance with Article 16"
WHOLE, UPHELD, PARTLY, REVERSED, MEDIAN, OMITTED = (
    "Total number", "Decisions upheld", "Decisions partially reversed", "Decisions reversed", "Median time",
    "Decision omitted",
)  # fmt: skip
SETTLEMENT = "Out-of-court dispute settlement bodies"
DISPUTES = "Number of disputes submitted to out-of-court dispute settlement bodies"
IMPLEMENTED = "Percentage of outcomes implemented"
OFFENDERS = "Suspensions imposed on repeated offenders"
OFFENCES = (
    "Number of suspensions enacted for the provision of manifestly illegal content ",
    "Number of suspensions enacted for the provision of manifestly unfounded notices",
    "Number of suspensions enacted for the provision of manifestly unfounded complaints",
)

MEANS = "Use of automated means for content moderation"
SOLELY, NOT_SOLELY = (
    "Number of measures solely taken by automated means ", "Number of measures not taken by automated means",
)  # fmt: skip
NOTICES_SOLELY, NOTICES_NOT_SOLELY = (
    "Number of notices solely processed by automated means ", "Number of notices not processed by automated means",
)  # fmt: skip
RATES = tuple(f"Accuracy of the automated means - {name}" for name in ("Accuracy", "Precision", "Recall"))
OWN_INITIATIVE, BY_NOTICE, BY_TRUSTED = "Own-initiative ", "NAM Total", "NAM Trusted Flagger"

IDENTIFICATION = (
    "Name of the service provider", "Date of the publication of the report",
    "Date of the publication of the latest previous report", "Starting date of reporting period",
    "Ending date of reporting period",
)  # fmt: skip
ERRORS = "Qualitative description of indicators of accuracy and possible rate of error of automated means"
DESCRIBED = (
    "Summary of the content moderation engaged in at the providers’ own initiative",
    (
        "Meaningful and comprehensible information regarding content moderation engaged in at the providers' own"
        " initiative"
    ),
    "Qualitative description of the automated means",
    ERRORS,
    "Specification of the precise purposes to apply automated means",
    "Safeguards applied to the use of automated means",
)
