"""The triggers that keep the ledger: no changed row without a new entry, no change of an entry at all.

Migrations call these functions. A migration that rebuilds a table on SQLite must guard it again: batch mode
drops triggers. The wording of a guard that was released is not changed here; a new migration replaces it.
"""

from collections.abc import Iterator, Sequence

NEVER = "check_violation"  # SQLSTATE class 23, so that the lane knows that the batch was refused

POSTGRESQL_FUNCTIONS = f"""
CREATE FUNCTION siaga_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.entry_id = OLD.entry_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id THEN
    RAISE EXCEPTION '% changes only with a new entry and the next version', TG_TABLE_NAME
      USING ERRCODE = '{NEVER}';
  END IF;
  RETURN NEW;
END $$
---
CREATE FUNCTION siaga_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = '{NEVER}';
END $$
---
CREATE FUNCTION siaga_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size <= OLD.size THEN
    RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = '{NEVER}';
  END IF;
  RETURN NEW;
END $$
"""

POSTGRESQL_TILE_FUNCTION = f"""
CREATE FUNCTION siaga_only_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.level <> OLD.level OR NEW.number <> OLD.number OR length(NEW.hashes) <= length(OLD.hashes)
      OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '{NEVER}';
  END IF;
  RETURN NEW;
END $$
"""

POSTGRESQL_DISCLOSURE_FUNCTION = f"""
CREATE FUNCTION siaga_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position <> OLD.position OR NEW.salts <> OLD.salts OR NEW.fields::text = OLD.fields::text
      OR (SELECT count(*) FROM json_object_keys(NEW.fields))
        <> (SELECT count(*) FROM json_object_keys(OLD.fields))
      OR EXISTS (
        SELECT 1 FROM json_each(OLD.fields) AS was LEFT JOIN json_each(NEW.fields) AS kept USING (key)
        WHERE kept.value IS NULL
          OR (kept.value::text <> was.value::text AND kept.value::text <> '[null,null]')
      ) THEN
    RAISE EXCEPTION '% can only be erased', TG_TABLE_NAME USING ERRCODE = '{NEVER}';
  END IF;
  RETURN NEW;
END $$
"""  # noqa: S608 - our own text


def functions(dialect: str) -> Iterator[str]:
    """What the triggers call; PostgreSQL only."""
    if dialect == "postgresql":
        yield from POSTGRESQL_FUNCTIONS.split("---")


def drop_functions(dialect: str) -> Iterator[str]:
    """The reverse of `functions`."""
    if dialect == "postgresql":
        for name in ("siaga_only_grow", "siaga_refuse", "siaga_keep_entry"):
            yield f"DROP FUNCTION {name}()"


def guard_ledgered(dialect: str, table: str, keys: Sequence[str]) -> Iterator[str]:
    """A ledgered row changes only with a new entry and is never deleted.

    `keys` are its unique keys, as "column,column" or "column,column WHERE condition AND condition".
    """
    if dialect == "postgresql":
        yield _call("keep_entry", "UPDATE", table, "ROW", "siaga_keep_entry")
        yield from _refuse_on_postgresql(table, "DELETE")
        return
    wrong = "NEW.entry_id = OLD.entry_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id"
    message = f"{table} changes only with a new entry and the next version"
    yield _trigger(table, "keep_entry", "UPDATE", wrong, message)
    yield _trigger(table, "no_delete", "DELETE", "1", f"{table} refuses DELETE")
    yield _no_replace(table, "INSERT", keys)
    yield _no_replace(table, "UPDATE", keys)


def guard_unique(dialect: str, table: str, keys: Sequence[str]) -> Iterator[str]:
    """The same for a table that is guarded already and has other unique keys now."""
    if dialect == "postgresql":
        return
    for operation in ("INSERT", "UPDATE"):
        yield f"DROP TRIGGER {table}_no_replace_{operation.lower()}"
        yield _no_replace(table, operation, keys)


def guard_append_only(dialect: str, table: str, keys: Sequence[str]) -> Iterator[str]:
    """A row of this table is written once and stays as it is."""
    if dialect == "postgresql":
        yield from _refuse_on_postgresql(table, "UPDATE", "DELETE")
        return
    yield _trigger(table, "no_update", "UPDATE", "1", f"{table} refuses UPDATE")
    yield _trigger(table, "no_delete", "DELETE", "1", f"{table} refuses DELETE")
    yield _no_replace(table, "INSERT", keys)


def guard_head(dialect: str, table: str = "ledger_head") -> Iterator[str]:
    """The size that a head row tells only grows."""
    if dialect == "postgresql":
        yield _call("only_grow", "UPDATE", table, "ROW", "siaga_only_grow")
        yield from _refuse_on_postgresql(table, "DELETE")
        return
    yield _trigger(table, "only_grow", "UPDATE", "NEW.size <= OLD.size", "the ledger only grows")
    yield _trigger(table, "no_delete", "DELETE", "1", f"{table} refuses DELETE")
    yield _no_replace(table, "INSERT", ["id"])


def disclosure_functions(dialect: str) -> Iterator[str]:
    """What the trigger of the disclosures calls; PostgreSQL only."""
    if dialect == "postgresql":
        yield POSTGRESQL_DISCLOSURE_FUNCTION


def guard_disclosures(dialect: str) -> Iterator[str]:
    """What an entry says stays as it is, or its salt and its value go together and the path stays."""
    table = "ledger_disclosure"
    if dialect == "postgresql":
        yield _call("only_erase", "UPDATE", table, "ROW", "siaga_only_erase")
        yield from _refuse_on_postgresql(table, "DELETE")
        return
    same = "NEW.position = OLD.position AND NEW.rowid = OLD.rowid AND NEW.salts = OLD.salts"
    changed = "NEW.fields <> OLD.fields"
    counted = "(SELECT count(*) FROM json_each(NEW.fields)) = (SELECT count(*) FROM json_each(OLD.fields))"
    other = "kept.key IS NULL OR (kept.value <> was.value AND kept.value <> '[null,null]')"
    each = "json_each(OLD.fields) AS was LEFT JOIN json_each(NEW.fields) AS kept ON kept.key = was.key"
    wrong = f"NOT ({same} AND {changed} AND {counted}) OR EXISTS (SELECT 1 FROM {each} WHERE {other})"  # noqa: S608 - ours
    yield _trigger(table, "only_erase", "UPDATE", wrong, f"{table} can only be erased")
    yield _trigger(table, "no_delete", "DELETE", "1", f"{table} refuses DELETE")
    yield _no_replace(table, "INSERT", ["position"])


def release(dialect: str, table: str, *names: str) -> Iterator[str]:
    """Take triggers away, for a migration that puts others in their place."""
    for name in names:
        yield f"DROP TRIGGER {name} ON {table}" if dialect == "postgresql" else f"DROP TRIGGER {table}_{name}"


def tile_functions(dialect: str) -> Iterator[str]:
    """What the trigger of the tiles calls; PostgreSQL only."""
    if dialect == "postgresql":
        yield POSTGRESQL_TILE_FUNCTION


def drop_tile_functions(dialect: str) -> Iterator[str]:
    """The reverse of `tile_functions`."""
    if dialect == "postgresql":
        yield "DROP FUNCTION siaga_only_append()"


def guard_tiles(dialect: str, table: str) -> Iterator[str]:
    """A tile grows at its end and is otherwise never changed."""
    if dialect == "postgresql":
        yield _call("only_append", "UPDATE", table, "ROW", "siaga_only_append")
        yield from _refuse_on_postgresql(table, "DELETE")
        return
    kept = "substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes"
    same = "NEW.level = OLD.level AND NEW.number = OLD.number"
    grown = f"{same} AND {kept} AND length(NEW.hashes) > length(OLD.hashes)"
    yield _trigger(table, "only_append", "UPDATE", f"NOT ({grown})", f"{table} only grows")
    yield _trigger(table, "no_delete", "DELETE", "1", f"{table} refuses DELETE")
    yield _no_replace(table, "INSERT", ["level,number"])


def _refuse_on_postgresql(table: str, *operations: str) -> Iterator[str]:
    yield _call("refuse", " OR ".join(operations), table, "ROW", "siaga_refuse")
    yield _call("no_truncate", "TRUNCATE", table, "STATEMENT", "siaga_refuse")


def _call(name: str, operations: str, table: str, each: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {operations} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
    )


def _trigger(table: str, name: str, operation: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {operation} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _no_replace(table: str, operation: str, keys: Sequence[str]) -> str:
    """INSERT or UPDATE OR REPLACE delete the other row without firing its trigger: refuse beforehand."""
    taken = " OR ".join(_same(key) for key in (*keys, "rowid"))  # SQLite lets a statement name the rowid
    if operation == "UPDATE":
        taken = f"other.id <> OLD.id AND ({taken})"
    exists = f"EXISTS (SELECT 1 FROM {table} AS other WHERE {taken})"  # noqa: S608 - names from our migrations
    return _trigger(table, f"no_replace_{operation.lower()}", operation, exists, f"UNIQUE: {table} has it")


def _same(key: str) -> str:
    columns, _, condition = key.partition(" WHERE ")
    same = [f"other.{column} = NEW.{column}" for column in columns.split(",")]
    for each in condition.split(" AND ") if condition else ():
        same += [f"other.{each}", f"NEW.{each}"]
    return f"({' AND '.join(same)})"
