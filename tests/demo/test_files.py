"""The files a county would send: the same seed gives the same bytes, in the formats that offices use."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from anmin.demo import story
from anmin.demo.build import ANSWERS, DIARY, STAFF, plan_and_write
from anmin.demo.place import Place
from anmin.ground.imports.forms import FORMS
from anmin.ground.imports.reading import read_table
from tests.demo.conftest import plan_of, scenario_named

DELIVERIES = (story.RECEIVE, story.LATE_ANSWER)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    once, again = Place(tmp_path / "once"), Place(tmp_path / "again")
    plan_and_write(scenario_named("tiny"), once)
    plan_and_write(scenario_named("tiny"), again)
    assert digests(once.files) == digests(again.files)


def test_files_come_in_the_encodings_and_formats_of_offices(tmp_path: Path) -> None:
    place = Place(tmp_path)
    plan_and_write(scenario_named("tiny"), place)
    kinds = set()
    for path in place.files.iterdir():
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            kinds.add("xlsx")
        elif content.startswith(b"\xef\xbb\xbf"):
            kinds.add("utf-8 with mark")
        else:
            try:
                content.decode("utf-8")
                kinds.add("utf-8")
            except UnicodeDecodeError:
                content.decode("gbk")
                kinds.add("gbk")
    assert kinds == {"xlsx", "utf-8 with mark", "utf-8", "gbk"}


def test_every_file_is_for_a_form_of_the_platform(tmp_path: Path) -> None:
    place = Place(tmp_path)
    plan_and_write(scenario_named("tiny"), place)
    entries = [entry for entry in story.read_diary(place.files / DIARY) if entry.what == story.IMPORT]
    named = {entry.about.partition("|")[2]: entry.about.partition("|")[0] for entry in entries}
    assert set(named.values()) <= set(FORMS)
    delivered = {entry.about.partition("|")[2] for entry in story.read_diary(place.files / DIARY) if entry.what in DELIVERIES}
    assert set(named) == {path.name for path in place.files.iterdir()} - {DIARY, ANSWERS, STAFF} - delivered
    for name, form in named.items():
        headers = read_table(place.files / name, name).headers
        known = {word for column in FORMS[form].columns for word in (column.header, *column.synonyms)}
        assert set(headers) <= known


def test_the_diary_comes_back_as_it_was_written(tmp_path: Path) -> None:
    plan = plan_of(scenario_named("tiny"))
    entries = story.diary(plan, [], [])
    story.write_diary(entries, tmp_path / DIARY)
    read = story.read_diary(tmp_path / DIARY)
    assert [(entry.on, entry.step, dict(entry.answers or {})) for entry in read] == [
        (entry.on, entry.step, dict(entry.answers or {})) for entry in entries
    ]


def test_the_staff_list_has_two_clerks_in_each_town_and_the_posts_of_the_county(tmp_path: Path) -> None:
    place = Place(tmp_path)
    plan_and_write(scenario_named("tiny"), place)
    members = story.read_staff(place.files / STAFF)
    by_area: dict[str, int] = {}
    for member in members:
        by_area[member.area] = by_area.get(member.area, 0) + 1
    assert by_area == {"海安街道": 2, "曲塘镇": 2, "白甸镇": 2, "海安市": 12}
    assert Path(settings.COUNTY_DIR).name == "haian"
