"""Splink 5 on the same normalised columns: ``peer.py <folder>``; prints JSON.

Writes splink.parquet (row, person_id, probability). In an environment of its own. Comparisons and blocks are those a user who
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


def main(folder: Path) -> dict[str, object]:
    """Trains, predicts, keeps the best person of every row."""
    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{os.environ.get('MEMORY', '12GB')}'")
    columns = "unique_id, number, valid, name, reading, surname, last, birth, sex, village, telephone"
    for side in ("persons", "extract"):
        base.execute(f"CREATE TABLE {side} AS SELECT {columns} FROM '{folder}/{side}_normalised.parquet'")  # noqa: S608  our own
    cpu, wall = time.process_time(), time.perf_counter()
    api = DuckDBAPI(connection=base)
    linker = Linker(
        [api.register("persons", dataset_display_name="a_persons"), api.register("extract", dataset_display_name="b_extract")],
        settings(),
        log_level=40,
    )
    linker.training.estimate_probability_two_random_records_match([block_on("number", "name")], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("number"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth", "reading"))
    trained = time.process_time() - cpu
    found = linker.inference.predict(threshold_match_probability=0.05)
    best = base.execute(
        f"""
        SELECT unique_id_r AS row, person_id, match_probability AS probability FROM (
            SELECT *, row_number() OVER (PARTITION BY unique_id_r ORDER BY match_probability DESC, unique_id_l) AS place
            FROM {found.physical_name}) best
        JOIN '{folder}/persons_normalised.parquet' p ON p.unique_id = unique_id_l WHERE place = 1"""  # noqa: S608  our own
    ).to_arrow_table()
    spent = time.process_time() - cpu, time.perf_counter() - wall
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    import pyarrow.parquet as parquet

    parquet.write_table(best, folder / "splink.parquet")
    return {
        "cpu": {"training": round(trained, 2), "all": round(spent[0], 2)},
        "wall": round(spent[1], 2),
        "peak_mib": round(int(line.split()[1]) / 1024, 1),
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
