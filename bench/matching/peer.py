"""Splink 5 on the same normalised columns: ``peer.py <folder> <model> [ready|spared]``; prints JSON.

Writes splink.parquet (row, person_id, probability) and the model it has trained; or takes a ready model, settles by number and
name first, and lets Splink have the rows that are left. In an environment of its own. Comparisons and blocks are those a user who
knows the data would choose: the same fields, the same levels of names by reading, frequencies of names and villages, training by
its own means and no truth.
"""

import json
import logging
import os
import sys
import time
import warnings
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison, DamerauLevenshteinAtThresholds, ExactMatch
from splink.internals.comparison_level_library import CustomLevel, ElseLevel, ExactMatchLevel, NullLevel

warnings.filterwarnings("ignore")
logging.getLogger("splink").setLevel(logging.ERROR)


def settings() -> SettingsCreator:
    """The model before its training."""
    name = CustomComparison(
        output_column_name="name",
        comparison_levels=[
            NullLevel("name"),
            ExactMatchLevel("name", term_frequency_adjustments=True),
            ExactMatchLevel("reading"),
            CustomLevel("surname_l = surname_r AND last_l = last_r", "first and last syllable"),
            CustomLevel("surname_l = surname_r OR last_l = last_r", "one syllable"),
            ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            DamerauLevenshteinAtThresholds("number", [1, 2]),
            name,
            DamerauLevenshteinAtThresholds("birth", [1]),
            ExactMatch("sex"),
            ExactMatch("village").configure(term_frequency_adjustments=True),
            ExactMatch("telephone"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("number"),
            block_on("birth", "surname"),
            block_on("birth", "last"),
            block_on("reading", "substr(birth, 1, 6)"),
            block_on("reading", "substr(birth, 5, 4)"),
            block_on("village", "reading"),
            block_on("telephone"),
            block_on("substr(number, 1, 14)", "surname"),
            block_on("substr(number, 10, 8)"),
        ],
        additional_columns_to_retain=["valid"],
    )


EXACT = """
    SELECT t.unique_id AS row, o.unique_id AS person
    FROM extract t JOIN persons o ON o.number = t.number
    WHERE t.valid = 1 AND o.valid = 1
        AND (o.name = t.name OR o.reading = t.reading OR o.surname = t.surname OR o.last = t.last)"""
"""The exact stage: one valid number, and names that agree at least in part."""
LEFT = "SELECT * FROM extract t WHERE unique_id NOT IN (SELECT row FROM exact)"
SPARED = f"{LEFT} AND (valid = 0 OR number IN (SELECT number FROM persons))"  # noqa: S608  our own
"""What is left for Splink then; and what is left of that for a user who knows that a valid number nobody here has is of somebody
else, which spares it another half of the rows, and those who have no number here."""


def main(folder: Path, model: Path, ready: str) -> dict[str, object]:
    """Trains or takes the model, predicts, keeps the best person of every row."""
    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{os.environ.get('MEMORY', '12GB')}'")
    columns = "unique_id, number, valid, name, reading, surname, last, birth, sex, village, telephone"
    for side in ("persons", "extract"):
        base.execute(f"CREATE TABLE {side} AS SELECT {columns} FROM '{folder}/{side}_normalised.parquet'")  # noqa: S608  our own
    cpu, wall = time.process_time(), time.perf_counter()
    if ready:
        base.execute(f"CREATE TABLE exact AS {EXACT}")
        base.execute(f"CREATE TABLE left_over AS {SPARED if ready == 'spared' else LEFT}")
    settled = time.process_time() - cpu
    api = DuckDBAPI(connection=base)
    linker = Linker(
        [
            api.register("persons", dataset_display_name="a_persons"),
            api.register("left_over" if ready else "extract", dataset_display_name="b_extract"),
        ],
        json.loads(model.read_text()) if ready else settings(),
        log_level=40,
    )
    if not ready:
        linker.training.estimate_probability_two_random_records_match([block_on("number", "name")], recall=0.9)
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("number"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth", "reading"))
        linker.misc.save_model_to_json(str(model), overwrite=True)
    trained = time.process_time() - cpu - settled
    found = linker.inference.predict(threshold_match_probability=0.05)
    exact = "UNION ALL SELECT row, person, 1.0 FROM exact" if ready else ""
    best = base.execute(
        f"""
        SELECT row, person_id, probability FROM (
            SELECT unique_id_r AS row, unique_id_l AS person, match_probability AS probability
            FROM (SELECT *, row_number() OVER (PARTITION BY unique_id_r ORDER BY match_probability DESC, unique_id_l) AS place
                FROM {found.physical_name}) best WHERE place = 1 {exact}) said
        JOIN '{folder}/persons_normalised.parquet' p ON p.unique_id = person"""  # noqa: S608  our own
    ).to_arrow_table()
    spent = time.process_time() - cpu, time.perf_counter() - wall
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    import pyarrow.parquet as parquet

    parquet.write_table(best, folder / "splink.parquet")
    return {
        "cpu": {"exact": round(settled, 2), "training": round(trained, 2), "all": round(spent[0], 2)},
        "wall": round(spent[1], 2),
        "peak_mib": round(int(line.split()[1]) / 1024, 1),
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), *(sys.argv[3:] or [""]))))
