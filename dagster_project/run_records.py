"""Dagster's event log of a build folder, with its SQLite connections kept open.

Dagster opens its database anew for each of some two thousand events of a build, makes an engine for it, and waits for
the disk to take each; that was a third of a build's time. The files and their content are Dagster's own.

Does not belong here: what is recorded, and where (``execute``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import create_db_conn_string
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

BUSY_TIMEOUT_S = 60


class KeptEventLog(SqliteEventLogStorage):
    """One connection a database file for the life of the process. Configured by class name in ``dagster.yaml``."""

    def __init__(self, base_dir: str, inst_data: Any = None):
        self._kept: dict[str, Connection] = {}
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> KeptEventLog:
        """As Dagster makes it from ``dagster.yaml``."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:  # one user of a connection at a time, whatever the thread
            if shard not in self._kept:
                self._kept[shard] = self._open(shard)
            with self._kept[shard].begin():
                yield self._kept[shard]

    def _open(self, shard: str) -> Connection:
        engine = create_engine(
            create_db_conn_string(self._base_dir, shard),
            poolclass=StaticPool,
            connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
        )
        event.listen(engine, "connect", _leave_flushing_to_the_system)
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        return engine.connect()

    def has_table(self, table_name: str) -> bool:
        """As Dagster's own, which opens the database anew for each of several questions an event: a table stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Close the files."""
        for connection in self._kept.values():
            connection.close()
            connection.engine.dispose()
        self._kept.clear()
        super().dispose()


def _leave_flushing_to_the_system(connection: Any, _record: Any) -> None:
    """A killed process loses nothing by this; a power cut may lose the record of a run, never an edition, which is
    flushed before it is sealed."""
    connection.execute("pragma synchronous = off")
