"""How two values compare, as expressions over a pair: `t…` is theirs, of the extract, `o…` ours, of the persons."""

from anmin.ground.verification.matching.names import READ
from anmin.ground.verification.matching.numbers import KIND_CARD, KIND_COVERED, KIND_OLD, KIND_OTHER, KIND_ROUNDED
from anmin.ground.verification.matching.vocabulary import SEXES, BirthLevel, NameLevel, NumberLevel, PlainLevel

_FULL_LENGTH = 18
TELLING = 7
"""From so many places a number that is not valid is compared with another such."""
_DATED = 15
"""A number of fewer places has no birth date in it."""


def name_level() -> str:
    """The level of two names, `tn` and `ob`: by their readings as whole numbers, so that hardly any text is looked at."""
    mask = "swapped({}, '[*]+', '%')"
    places = [512 ** (READ - place) for place in range(1, 5)]
    same = " + ".join(
        f"CASE WHEN whole(tn.reading, {at}) % 512 = whole(ob.reading, {at}) % 512 THEN 1 ELSE 0 END" for at in places
    )
    third = f"whole(greatest(tn.reading, ob.reading), {places[2]}) % 512"
    return f"""CAST(CASE
        WHEN tn.name IS NULL OR ob.name IS NULL THEN {int(NameLevel.UNKNOWN)}
        WHEN tn.name_id = ob.name_id THEN {int(NameLevel.EQUAL)}
        WHEN tn.stars + ob.stars > 0 THEN CASE
            WHEN tn.stars > 0 AND ob.name LIKE {mask.format("tn.name")} THEN {int(NameLevel.COVERED)}
            WHEN ob.stars > 0 AND tn.name LIKE {mask.format("ob.name")} THEN {int(NameLevel.COVERED)}
            WHEN tn.surname = ob.surname THEN {int(NameLevel.SURNAME_ONLY)} ELSE {int(NameLevel.DIFFERENT)} END
        WHEN tn.reading = ob.reading THEN CASE
            WHEN tn.name = ob.name THEN {int(NameLevel.OTHER_FORM)} ELSE {int(NameLevel.SAME_READING)} END
        WHEN length(tn.name) <> length(ob.name) AND least(length(tn.name), length(ob.name)) >= 2
            AND (tn.surname = ob.surname OR tn.last = ob.last)
            AND (instr(tn.name, ob.name) > 0 OR instr(ob.name, tn.name) > 0) THEN {int(NameLevel.CONTAINED)}
        WHEN {third} > 0 AND ({same} = 3 OR (tn.surname = ob.surname AND tn.last = ob.last)) THEN {int(NameLevel.ONE_CHARACTER)}
        WHEN tn.surname = ob.surname THEN {int(NameLevel.SURNAME_ONLY)}
        ELSE {int(NameLevel.DIFFERENT)} END AS TINYINT)"""


def name_columns() -> str:
    """What the points of two names rest on besides their level."""
    seen = "least(length(translate(tn.name, '*', '')), length(translate(ob.name, '*', '')))"
    return f"""name_points AS name_rarity, reading_points AS reading_rarity, surname_points AS surname_rarity,
        ob.stars AS o_stars,
        CASE WHEN tn.surname = ob.surname THEN 1 ELSE 0 END AS same_surname,
        CASE WHEN tn.stars + ob.stars > 0 THEN {seen} END AS visible"""


def name_points() -> str:
    """An agreement weighs by how rare the name, its reading or what is left of it is; a homophone costs five bits."""
    return f"""CASE name_level
        WHEN {int(NameLevel.EQUAL)} THEN CASE WHEN o_stars > 0 THEN surname_rarity ELSE name_rarity END
        WHEN {int(NameLevel.OTHER_FORM)} THEN name_rarity
        WHEN {int(NameLevel.SAME_READING)} THEN reading_rarity - 50
        WHEN {int(NameLevel.COVERED)} THEN CASE same_surname WHEN 1 THEN surname_rarity + (visible - 1) * 60 ELSE visible * 50 END
        WHEN {int(NameLevel.CONTAINED)} THEN 50
        WHEN {int(NameLevel.ONE_CHARACTER)} THEN CASE same_surname WHEN 1 THEN surname_rarity ELSE 20 END
        WHEN {int(NameLevel.SURNAME_ONLY)} THEN surname_rarity - 80
        WHEN {int(NameLevel.DIFFERENT)} THEN -150 ELSE 0 END"""


def number_level() -> str:
    """The level of two numbers: `t_n17`, `o_n17` where valid, else the cleaned `t_number`, `o_number` with their kinds."""
    return f"""CAST(CASE
        WHEN t_n17 IS NOT NULL AND o_n17 IS NOT NULL THEN CASE
            WHEN is_borrowed = 1 THEN {int(NumberLevel.OF_HOUSEHOLD)}
            WHEN {_one_part_of_birth()} THEN {int(NumberLevel.BIRTH_CORRECTED)}
            ELSE {int(NumberLevel.DIFFERENT)} END
        WHEN (t_n17 IS NULL AND t_number IS NULL) OR (o_n17 IS NULL AND o_number IS NULL) THEN {int(NumberLevel.UNKNOWN)}
        WHEN t_n17 IS NULL AND o_n17 IS NULL THEN CASE
            WHEN t_number = o_number THEN {int(NumberLevel.EQUAL_INVALID)}
            WHEN t_kind IN ({KIND_COVERED}, {KIND_ROUNDED}) OR o_kind IN ({KIND_COVERED}, {KIND_ROUNDED})
                THEN {int(NumberLevel.UNKNOWN)}
            ELSE {_both_wrong()} END
        WHEN t_n17 IS NULL THEN {_one_sided("t", "o")}
        ELSE {_one_sided("o", "t")} END AS TINYINT)"""


def equal_number_level() -> str:
    """The level of two valid numbers that are equal, `t` and `o`."""
    return f"""CAST(CASE
        WHEN t.kind = {KIND_CARD} OR o.kind = {KIND_CARD} THEN {int(NumberLevel.EQUAL_ON_CARD)}
        WHEN t.kind = {KIND_OLD} OR o.kind = {KIND_OLD} THEN {int(NumberLevel.EQUAL_OLD)}
        ELSE {int(NumberLevel.EQUAL)} END AS TINYINT)"""


def _one_part_of_birth() -> str:
    def parts(side: str) -> tuple[str, str, str]:
        return f"whole({side}_n17, 10000000) % 10000", f"whole({side}_n17, 100000) % 100", f"whole({side}_n17, 1000) % 100"

    same = " + ".join(
        f"CASE WHEN {ours} = {theirs} THEN 1 ELSE 0 END" for ours, theirs in zip(parts("o"), parts("t"), strict=True)
    )
    outer = "whole(t_n17, 100000000000) = whole(o_n17, 100000000000) AND t_n17 % 1000 = o_n17 % 1000"
    return f"{outer} AND {same} = 2"


def _one_sided(wrong: str, right: str) -> str:
    """The level of the text on one side, which is no valid number, and the valid one on the other."""
    text, kind = f"{wrong}_number", f"{wrong}_kind"
    return f"""CASE
            WHEN {kind} = {KIND_ROUNDED} THEN CASE WHEN {right}_text LIKE {wrong}_pattern
                THEN {int(NumberLevel.ROUNDED)} ELSE {int(NumberLevel.DIFFERENT)} END
            WHEN {kind} = {KIND_COVERED} THEN CASE WHEN {right}_text LIKE {wrong}_pattern
                THEN {int(NumberLevel.COVERED)} ELSE {int(NumberLevel.DIFFERENT)} END
            WHEN {kind} = {KIND_OTHER} AND length({text}) BETWEEN 8 AND 16 AND ({right}_text LIKE {wrong}_pattern
                OR {right}_text LIKE '%' || {text}) THEN {int(NumberLevel.CUT_OFF)}
            WHEN length({text}) NOT BETWEEN 17 AND 19 THEN {int(NumberLevel.DIFFERENT)}
            WHEN length({text}) <> {_FULL_LENGTH} THEN CASE WHEN typing_distance({text}, {right}_text) = 1
                THEN {int(NumberLevel.MISSING_OR_EXTRA)} ELSE {int(NumberLevel.DIFFERENT)} END
            ELSE CASE changed_places({text}, {right}_text)
                WHEN 1 THEN {int(NumberLevel.ONE_DIGIT)}
                WHEN 2 THEN CASE WHEN typing_distance({text}, {right}_text) = 1
                    THEN {int(NumberLevel.EXCHANGED)} ELSE {int(NumberLevel.TWO_PLACES)} END
                ELSE {int(NumberLevel.DIFFERENT)} END END"""


def _both_wrong() -> str:
    """The level of two texts that are no valid numbers and differ; what is short is near to too many."""
    return f"""CASE
                WHEN least(length(t_number), length(o_number)) < {TELLING} THEN {int(NumberLevel.DIFFERENT)}
                WHEN typing_distance(t_number, o_number) = 1 THEN CASE
                    WHEN length(t_number) <> length(o_number) THEN {int(NumberLevel.MISSING_OR_EXTRA)}
                    WHEN changed_places(t_number, o_number) = 1 THEN {int(NumberLevel.ONE_DIGIT)}
                    ELSE {int(NumberLevel.EXCHANGED)} END
                ELSE {int(NumberLevel.DIFFERENT)} END"""


NUMBER_POINTS: dict[NumberLevel, int] = {
    NumberLevel.UNKNOWN: 0,
    NumberLevel.EQUAL: 280,
    NumberLevel.EQUAL_OLD: 280,
    NumberLevel.EQUAL_ON_CARD: 280,
    NumberLevel.EQUAL_INVALID: 220,
    NumberLevel.ONE_DIGIT: 190,
    NumberLevel.EXCHANGED: 200,
    NumberLevel.MISSING_OR_EXTRA: 190,
    NumberLevel.CUT_OFF: 150,
    NumberLevel.TWO_PLACES: 150,
    NumberLevel.ROUNDED: 150,
    NumberLevel.OF_HOUSEHOLD: 260,
    NumberLevel.DIFFERENT: -80,
    NumberLevel.BIRTH_CORRECTED: 120,
}
"""What a level of the number weighs; of a covered one, the places that can be read."""

_SAYS_BIRTH = (
    NumberLevel.EQUAL,
    NumberLevel.EQUAL_OLD,
    NumberLevel.EQUAL_ON_CARD,
    NumberLevel.EQUAL_INVALID,
    NumberLevel.ONE_DIGIT,
    NumberLevel.EXCHANGED,
    NumberLevel.MISSING_OR_EXTRA,
    NumberLevel.CUT_OFF,
    NumberLevel.TWO_PLACES,
    NumberLevel.ROUNDED,
    NumberLevel.OF_HOUSEHOLD,
    NumberLevel.BIRTH_CORRECTED,
)
"""Where the number, the birth date and the sex are one piece of evidence, not three."""
IN_NUMBER_LEVELS = (int(BirthLevel.IN_NUMBER), int(PlainLevel.IN_NUMBER))
_IN_NUMBER = f"""(number_level IN ({", ".join(str(int(level)) for level in _SAYS_BIRTH)})
            AND NOT (t_n17 IS NULL AND o_n17 IS NULL AND greatest(length(t_number), length(o_number)) < {_DATED}))"""


def number_points() -> str:
    """By level, and of a covered number by what can be read of it."""
    levels = " ".join(f"WHEN {int(level)} THEN {points}" for level, points in NUMBER_POINTS.items())
    return f"CASE number_level WHEN {int(NumberLevel.COVERED)} THEN coalesce(t_seen, o_seen, 0) {levels} ELSE 0 END"


def birth_level() -> str:
    """The level of two birth dates, `t_birth` and `o_birth`."""
    same = " + ".join(
        f"CASE WHEN {part.format('t_birth')} = {part.format('o_birth')} THEN 1 ELSE 0 END"
        for part in ("whole({}, 10000)", "whole({}, 100) % 100", "{} % 100")
    )
    exchanged = (
        "whole(t_birth, 10000) = whole(o_birth, 10000) AND whole(t_birth, 100) % 100 = o_birth % 100 "
        "AND t_birth % 100 = whole(o_birth, 100) % 100"
    )
    return f"""CAST(CASE
        WHEN {_IN_NUMBER} THEN {int(BirthLevel.IN_NUMBER)}
        WHEN t_birth IS NULL OR o_birth IS NULL THEN {int(BirthLevel.UNKNOWN)}
        WHEN t_birth = o_birth THEN {int(BirthLevel.EQUAL)}
        WHEN {exchanged} THEN {int(BirthLevel.EXCHANGED)}
        WHEN {same} = 2 THEN {int(BirthLevel.TWO_OF_THREE)}
        ELSE {int(BirthLevel.DIFFERENT)} END AS TINYINT)"""


def birth_points() -> str:
    """An equal day weighs by how many were born on it."""
    return f"""CASE birth_level WHEN {int(BirthLevel.EQUAL)} THEN least(coalesce(birth_weight, 140), 150)
        WHEN {int(BirthLevel.EXCHANGED)} THEN 70 WHEN {int(BirthLevel.TWO_OF_THREE)} THEN 20
        WHEN {int(BirthLevel.DIFFERENT)} THEN -80 ELSE 0 END"""


def plain_level(field: str) -> str:
    """The level of two values that are the same or not."""
    in_number = f"WHEN {_IN_NUMBER} THEN {int(PlainLevel.IN_NUMBER)}" if field == "sex" else ""
    return f"""CAST(CASE {in_number}
        WHEN t_{field} IS NULL OR o_{field} IS NULL THEN {int(PlainLevel.UNKNOWN)}
        WHEN t_{field} = o_{field} THEN {int(PlainLevel.EQUAL)} ELSE {int(PlainLevel.DIFFERENT)} END AS TINYINT)"""


def plain_points(field: str) -> str:
    """A family shares its telephone and its village, so neither weighs as much as its rarity says."""
    equal, different = {
        "sex": ("10", -65),
        "village": ("least(coalesce(village_weight, 60), 110)", -20),
        "telephone": ("100", -10),
    }[field]
    return f"""CASE {field}_level WHEN {int(PlainLevel.EQUAL)} THEN {equal}
        WHEN {int(PlainLevel.DIFFERENT)} THEN {different} ELSE 0 END"""


def day_text(birth: str) -> str:
    """A birth date as it is shown."""
    day = f"CAST({birth} AS VARCHAR(8))"
    return f"substr({day}, 1, 4) || '-' || substr({day}, 5, 2) || '-' || substr({day}, 7, 2)"


def sex_text(sex: str) -> str:
    """A sex as it is shown."""
    return f"CASE {sex} WHEN 1 THEN '{SEXES[1]}' WHEN 2 THEN '{SEXES[2]}' END"
