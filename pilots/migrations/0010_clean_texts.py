import pilots.models.text_fields
from django.core.management.base import CommandError
from django.db import migrations
from pilots.migrations._capitals import collisions
from pilots.migrations._long_slugs import long_slugs
from pilots.models.plain_text import clean, clean_line

MOST_NAMED = 50
TEXTS = [
    migrations.AlterField(
        model_name='acceptedwarning',
        name='reason',
        field=pilots.models.text_fields.ProseField(max_length=2000, verbose_name='reason'),
    ),
    migrations.AlterField(
        model_name='activitytypetranslation',
        name='description',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='One sentence that says what belongs here and what does not.', max_length=2000, verbose_name='description'),
    ),
    migrations.AlterField(
        model_name='activitytypetranslation',
        name='name',
        field=pilots.models.text_fields.LineField(max_length=100, verbose_name='name'),
    ),
    migrations.AlterField(
        model_name='audiencetranslation',
        name='description',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='One sentence that says what belongs here and what does not.', max_length=2000, verbose_name='description'),
    ),
    migrations.AlterField(
        model_name='audiencetranslation',
        name='name',
        field=pilots.models.text_fields.LineField(max_length=100, verbose_name='name'),
    ),
    migrations.AlterField(
        model_name='authoritytranslation',
        name='name',
        field=pilots.models.text_fields.LineField(help_text='As in “Municipality of Avignon”.', max_length=200, verbose_name='name'),
    ),
    migrations.AlterField(
        model_name='authoritytranslation',
        name='place',
        field=pilots.models.text_fields.LineField(help_text='Town or region, as it is called in this language: “Avignon”.', max_length=100, verbose_name='place'),
    ),
    migrations.AlterField(
        model_name='glossaryterm',
        name='original',
        field=pilots.models.text_fields.LineField(blank=True, help_text='What the abbreviation stands for, such as “Protection Judiciaire de la Jeunesse”.', max_length=200, verbose_name='in its own language'),
    ),
    migrations.AlterField(
        model_name='glossaryterm',
        name='original_language',
        field=pilots.models.text_fields.LineField(blank=True, max_length=15, verbose_name='language of that wording'),
    ),
    migrations.AlterField(
        model_name='glossarytermtranslation',
        name='meaning',
        field=pilots.models.text_fields.ProseField(help_text='One plain sentence. Say what is not known, too.', max_length=2000, verbose_name='meaning'),
    ),
    migrations.AlterField(
        model_name='glossarytermtranslation',
        name='term',
        field=pilots.models.text_fields.LineField(help_text='Exactly as entries write it: “MAR”.', max_length=100, verbose_name='term'),
    ),
    migrations.AlterField(
        model_name='keyfiguretranslation',
        name='label',
        field=pilots.models.text_fields.LineField(help_text='As in “probation and prison staff”.', max_length=200, verbose_name='what it counts'),
    ),
    migrations.AlterField(
        model_name='lessontranslation',
        name='text',
        field=pilots.models.text_fields.ProseField(help_text='One or two plain sentences. One lesson a row.', max_length=2000, verbose_name='lesson'),
    ),
    migrations.AlterField(
        model_name='organisationinvolvedtranslation',
        name='name',
        field=pilots.models.text_fields.LineField(max_length=200, verbose_name='name'),
    ),
    migrations.AlterField(
        model_name='partner',
        name='original_language',
        field=pilots.models.text_fields.LineField(blank=True, help_text='A screen reader then pronounces the name in that language.', max_length=15, verbose_name='language of that name'),
    ),
    migrations.AlterField(
        model_name='partner',
        name='original_name',
        field=pilots.models.text_fields.LineField(blank=True, help_text='Where it differs from the English name.', max_length=200, verbose_name='name in its own language'),
    ),
    migrations.AlterField(
        model_name='partnertranslation',
        name='full_name',
        field=pilots.models.text_fields.LineField(blank=True, help_text='Only where it differs from the short name.', max_length=200, verbose_name='full name'),
    ),
    migrations.AlterField(
        model_name='partnertranslation',
        name='name',
        field=pilots.models.text_fields.LineField(help_text='As it is used in running text: “FACE”.', max_length=100, verbose_name='short name'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='background',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='Why this pilot came about. Leave empty if not stated.', max_length=10000, verbose_name='background'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='objectives',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='What the pilot was meant to achieve.', max_length=10000, verbose_name='objectives'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='prospects',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='What is planned or hoped for next.', max_length=10000, verbose_name='prospects'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='results',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='What came of it, as the source reports it. Intentions belong to prospects.', max_length=10000, verbose_name='results'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='summary',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='Two or three short sentences: who did what, with whom, for whom.', max_length=2000, verbose_name='summary'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='title',
        field=pilots.models.text_fields.LineField(max_length=200, verbose_name='title'),
    ),
    migrations.AlterField(
        model_name='pilottranslation',
        name='what_was_done',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='Steps, people, methods. Explain each abbreviation.', max_length=10000, verbose_name='what was done'),
    ),
    migrations.AlterField(
        model_name='revision',
        name='note',
        field=pilots.models.text_fields.ProseField(blank=True, max_length=2000, verbose_name='note'),
    ),
    migrations.AlterField(
        model_name='source',
        name='publisher',
        field=pilots.models.text_fields.LineField(blank=True, max_length=200, verbose_name='publisher'),
    ),
    migrations.AlterField(
        model_name='source',
        name='url',
        field=pilots.models.text_fields.AddressField(blank=True, max_length=500, verbose_name='address'),
    ),
    migrations.AlterField(
        model_name='sourcetranslation',
        name='terms_of_reuse',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='What the source says on its reuse. Empty shows as “Not stated”.', max_length=2000, verbose_name='terms of reuse'),
    ),
    migrations.AlterField(
        model_name='sourcetranslation',
        name='title',
        field=pilots.models.text_fields.LineField(max_length=300, verbose_name='title'),
    ),
    migrations.AlterField(
        model_name='stagetranslation',
        name='description',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='One sentence that says what belongs here and what does not.', max_length=2000, verbose_name='description'),
    ),
    migrations.AlterField(
        model_name='stagetranslation',
        name='name',
        field=pilots.models.text_fields.LineField(max_length=100, verbose_name='name'),
    ),
    migrations.AlterField(
        model_name='targetgrouptranslation',
        name='description',
        field=pilots.models.text_fields.ProseField(blank=True, help_text='One sentence that says what belongs here and what does not.', max_length=2000, verbose_name='description'),
    ),
    migrations.AlterField(
        model_name='targetgrouptranslation',
        name='name',
        field=pilots.models.text_fields.LineField(max_length=100, verbose_name='name'),
    ),
]
POINTED = ("keyfigure", "lesson", "organisationinvolved", "passage")
LINES = {"title", "label", "name"}


def clean_texts(apps, schema_editor):
    """Clean every stored text. Stop before anything is changed if one is too long, or empty where one is needed.

    What would stop a later migration is named here too: by then texts are cleaned, and people would have to correct things twice.
    """
    alias = schema_editor.connection.alias
    unfit = [words for changes in changed(apps, alias) for words in changes.unfit]
    unfit += [*collisions(apps, alias), *long_slugs(apps, alias)]
    if unfit:
        more = f"\n… and {len(unfit) - MOST_NAMED} more" if len(unfit) > MOST_NAMED else ""
        raise CommandError(
            "Nothing was changed. Correct these with the former version of the portal, then migrate again:\n"
            + "\n".join(unfit[:MOST_NAMED])
            + more
        )
    for changes in changed(apps, alias):
        if changes.values:
            type(changes.row)._base_manager.using(alias).filter(pk=changes.row.pk).update(**changes.values)
    clean_history(apps.get_model("pilots", "Revision"), alias)


class Changes:
    """What cleaning makes of one row, and what about it does not fit."""

    def __init__(self, row, fields):
        self.row, self.values, self.unfit = row, {}, []
        for field in fields:
            before = getattr(row, field.name) or ""
            after = field.cleaned(before)
            if after != before:
                self.values[field.name] = after
            if len(after) > field.max_length:
                self.unfit.append(f"{self.name}, {field.name}: {len(after)} characters, at most {field.max_length}")
            elif before and not after and not field.blank:
                self.unfit.append(f"{self.name}, {field.name}: empty, beside signs that nobody sees")

    @property
    def name(self):
        """Which row it is, for a person."""
        master = getattr(self.row, "master", None)
        owner = getattr(master, "pilot", None) or getattr(self.row, "entry", None) or master or self.row
        slug = getattr(owner, "slug", "")
        language = getattr(self.row, "language_code", "")
        return " ".join(filter(None, [self.row._meta.verbose_name, str(self.row.pk), slug, language]))


def changed(apps, alias):
    """Yield the changes of each row that changes or does not fit."""
    fields = {}
    for operation in TEXTS:
        operation.field.name = operation.name
        fields.setdefault(operation.model_name, []).append(operation.field)
    pointer = pilots.models.text_fields.LineField(name="passage", max_length=60, blank=True)
    fields |= {name: [pointer] for name in POINTED}
    for name, own in fields.items():
        for row in apps.get_model("pilots", name)._base_manager.using(alias).order_by("pk").iterator():
            changes = Changes(row, own)
            if changes.values or changes.unfit:
                yield changes


def clean_history(revisions, alias):
    """Clean the texts that the history keeps, so that comparing with them shows what people changed."""
    for row in revisions._base_manager.using(alias).order_by("pk").only("content").iterator():
        content = cleaned(row.content)
        if content != row.content:
            revisions._base_manager.using(alias).filter(pk=row.pk).update(content=content)


def cleaned(value, texts=False):
    """Return a content, or a part of one, with every text in it cleaned: those are below the keys “texts”."""
    if not isinstance(value, dict):
        return value
    return {
        key: (clean_line if key in LINES else clean)(inner)
        if texts and isinstance(inner, str)
        else cleaned(inner, texts or key == "texts")
        for key, inner in value.items()
    }


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0009_keep_the_state_before_a_move_of_many'),
    ]

    operations = [
        migrations.RunPython(clean_texts, migrations.RunPython.noop),
        # The columns stay as they are.
        migrations.SeparateDatabaseAndState(state_operations=TEXTS),
    ]
