"""Worked cases as a page shows them: the words of the file, amounts with units."""

from django.conf import settings

from anmin.ground.policy.stories import stories, story

DIBAO = "assistance.dibao"


def test_story_keeps_the_words_of_its_file() -> None:
    told = story(settings.POLICY_DIR, DIBAO, "delayed_exit")
    assert (told.title, told.month) == ("就业后缓退，第六个月", "2024年6月")
    assert told.household[-1] == ("进入渐退缓退前的月保障金额", "1,206元")
    assert (told.conclusions[0].outcome, told.conclusions[0].amount) == ("符合条件", "1,206元")
    assert told.conclusions[0].steps == (("渐退缓退期限", "6个月"), ("本月发放比例", "100%"))


def test_supposed_code_is_told_by_what_it_means() -> None:
    told = story(settings.POLICY_DIR, DIBAO, "graduate_student_not_counted_nationally")
    assert told.changes[0][0] == ("计入家庭的全日制在校子女最高学历层次", "本科")


def test_supporters_stand_with_the_member_they_support() -> None:
    told = story(settings.POLICY_DIR, DIBAO, "obligor_rich")
    assert [(member.name, [each.name for each in member.supporters]) for member in told.members] == [("华阿婆", ["儿子"])]


def test_no_story_is_left_out() -> None:
    folder = settings.POLICY_DIR / "assistance" / "dibao" / "cases"
    assert len(stories(settings.POLICY_DIR, DIBAO)) == len(list(folder.glob("*.yaml")))
