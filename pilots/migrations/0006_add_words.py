from django.db import migrations, transaction
from django.db.utils import DatabaseError

TABLES = ("pilots_pilotwords", "pilots_lessonwords")
TIERS = ("title", "names", "summary", "texts")

# Words come ready: only letters and digits, and tokens with colons. Nothing is to be folded or split again.
FTS5 = [
    "CREATE VIRTUAL TABLE {table} USING fts5(title, names, summary, texts, prefix='2 3',"
    " tokenize=\"ascii tokenchars ':'\")",
]
# The vectors are kept apart from their rows, which are then few pages: a search reads them, and not the vectors.
TSVECTOR = [
    "CREATE TABLE {table} (rowid bigint PRIMARY KEY, title tsvector NOT NULL, names tsvector NOT NULL,"
    " summary tsvector NOT NULL, texts tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    *(f"CREATE INDEX {{table}}_{tier} ON {{table}} USING gin ({tier})" for tier in TIERS),
]
WORDS = {
    "sqlite": [
        "CREATE TABLE pilots_knownword (id integer PRIMARY KEY, word text NOT NULL UNIQUE, spelling text NOT NULL)",
        "CREATE VIRTUAL TABLE pilots_knownword_letters USING fts5(word, content='pilots_knownword',"
        " content_rowid='id', tokenize='trigram')",
        "CREATE TRIGGER pilots_knownword_added AFTER INSERT ON pilots_knownword BEGIN"
        " INSERT INTO pilots_knownword_letters (rowid, word) VALUES (NEW.id, NEW.word); END",
    ],
    "postgresql": [
        'CREATE TABLE pilots_knownword (word text COLLATE "C" PRIMARY KEY, spelling text NOT NULL)',
    ],
}
LETTERS = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX pilots_knownword_letters ON pilots_knownword USING gin (word gin_trgm_ops)",
]


def make_tables(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    run(schema_editor, WORDS[vendor])
    for table in TABLES:
        run(schema_editor, [sql.format(table=table) for sql in (FTS5 if vendor == "sqlite" else TSVECTOR)])
    if vendor == "postgresql":
        index_letters(schema_editor)


def index_letters(schema_editor):
    """Not every server has the extension, or lets us have it. Without it fewer misspellings are understood."""
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            run(schema_editor, LETTERS)
    except DatabaseError:
        pass


def drop_tables(apps, schema_editor):
    letters = ["pilots_knownword_letters"] if schema_editor.connection.vendor == "sqlite" else []
    run(schema_editor, [f"DROP TABLE {table}" for table in (*TABLES, *letters, "pilots_knownword")])


def run(schema_editor, statements):
    with schema_editor.connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0005_add_content_version"),
    ]

    operations = [
        migrations.RunPython(make_tables, drop_tables),
    ]
