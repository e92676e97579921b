"""Compares spark-job's tables with those of the yardsticks, row by row; exit code 1 where they differ.

Same columns, same keys, none twice, and in each row the same values. Shares, means and amounts may be
apart by one in their last decimal: the yardsticks count them in binary fractions, spark-job in decimals,
and what lies half-way may be rounded to either side. How many do is told.

Usage: same_tables.py OURS OTHER...   each a folder of folders of Parquet files, by the tables' names
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

# More than the last decimal by what binary fractions lose themselves.
CENT, MILLISECOND, MICROSECOND = 0.010_001, 0.001_001, 0.000_002
MAY_BE_APART = {
    "view_to_click_rate": CENT,
    "click_to_cart_rate": CENT,
    "cart_to_purchase_rate": CENT,
    "overall_conversion_rate": CENT,
    "conversion_rate": CENT,
    "purchase_rate": CENT,
    "revenue": CENT,
    "mean_seconds": MILLISECOND,
    "duration_seconds": MICROSECOND,
}
KEYS = {
    "funnel_conversion": ("event_date", "platform"),
    "hourly_traffic": ("event_date", "hour", "platform"),
    "product_conversion": ("event_date", "product_id"),
    "session_sequences": ("event_date", "session_id"),
    "session_patterns": ("event_date", "event_sequence"),
}


@dataclass(frozen=True)
class Column:
    """A column that is no key: how it is compared, with its kind in our table."""

    name: str
    kind: str

    def differs(self) -> str:
        """Whether a row has two values of it that mean something else."""
        if self.name in MAY_BE_APART:
            both = f"abs({self.number('ours')} - {self.number('other')})"
            return (
                f"((ours.{self.name} IS NULL) <> (other.{self.name} IS NULL)"
                f" OR coalesce({both} > {MAY_BE_APART[self.name]}, FALSE))"
            )
        return f"ours.{self.name} IS DISTINCT FROM CAST(other.{self.name} AS {self.kind})"

    def is_apart(self) -> str:
        """Whether a row's two values show as different numbers."""
        if self.name not in MAY_BE_APART:
            return "FALSE"
        rounded = f"CAST(other.{self.name} AS {self.kind})"
        return f"ours.{self.name} IS DISTINCT FROM {rounded}"

    def number(self, table: str) -> str:
        return f"CAST({table}.{self.name} AS DOUBLE)"


def main(ours: str, *others: str) -> int:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'Asia/Seoul'")
    found = [
        difference
        for other in others
        for table in KEYS
        for difference in compared(connection, table, Path(ours), Path(other))
    ]
    print("\n".join(found) if found else "the tables are the same")
    return 1 if found else 0


def compared(
    connection: duckdb.DuckDBPyConnection, table: str, ours: Path, other: Path
) -> list[str]:
    """What is not the same, a line each; tells how many rows were compared."""
    ours_has, other_has = (
        view(connection, name, folder / table)
        for name, folder in (("ours", ours), ("other", other))
    )
    title = f"{table} of {other.name}"
    if ours_has.keys() != other_has.keys():
        return [f"{title}: columns {sorted(other_has)} (expected: {sorted(ours_has)})"]
    columns = [Column(name, kind) for name, kind in ours_has.items() if name not in KEYS[table]]
    row = " OR ".join(column.differs() for column in columns)
    apart = " OR ".join(column.is_apart() for column in columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE together AS SELECT {', '.join(KEYS[table])},"
        f" ours.is_there AS is_ours, other.is_there AS is_other,"
        f" coalesce({row}, FALSE) AS differs, coalesce({apart}, FALSE) AS is_apart"
        f" FROM ours FULL JOIN other USING ({', '.join(KEYS[table])})"
    )
    (rows, others), (matched, only_ours, only_other, different, rounded) = (
        first(connection, "SELECT (SELECT count(*) FROM ours), (SELECT count(*) FROM other)"),
        first(
            connection,
            "SELECT count_if(is_ours AND is_other), count_if(is_other IS NULL), count_if(is_ours IS NULL),"
            " count_if(is_ours AND is_other AND differs),"
            " count_if(is_ours AND is_other AND is_apart AND NOT differs) FROM together",
        ),
    )
    if rows == others == matched and not different:
        print(f"{title}: {rows:,} rows, the same; {rounded:,} of them rounded to the other side")
        return []
    example = first(
        connection,
        "SELECT * FROM together WHERE is_ours IS NULL OR is_other IS NULL OR differs"
        " ORDER BY ALL LIMIT 1",
    )
    return [
        f"{title}: {others:,} rows (expected: {rows:,}); {only_ours:,} are missing, {only_other:,} are"
        f" too many, {different:,} have other values, such as {example}"
    ]


def view(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> Mapping[str, str]:
    """Makes the table's files a view; its columns with their kinds."""
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT *, TRUE AS is_there"
        f" FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
    )
    told = connection.execute(f"DESCRIBE {name}").fetchall()
    return {column: kind for column, kind, *_ in told if column != "is_there"}


def first(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    found = connection.execute(query).fetchone()
    return found if found is not None else ()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
