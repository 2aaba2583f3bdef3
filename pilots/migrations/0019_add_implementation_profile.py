import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.text_fields
from django.db import migrations, models

PROFILE = (
    *("mechanism", "materials", "steps", "staff", "delivery", "setting", "duration", "reach"),
    *("tailoring", "changes", "fidelity", "cost", "continuation", "core"),
)


def delete_pointers(apps, schema_editor):
    """Going back, delete the pointers of the profile: the constraint of old refuses them."""
    apps.get_model("pilots", "Passage").objects.using(schema_editor.connection.alias).filter(about__in=PROFILE).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0018_index_words_with_their_marks'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='passage',
            name='passage_is_about_something_known',
        ),
        migrations.RemoveConstraint(
            model_name='pilottranslation',
            name='pilottranslation_texts_are_not_too_long',
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='changes',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What was done in another way than planned, and the reason.', max_length=10000, verbose_name='changed on the way, and why'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='continuation',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What goes on since the pilot ended. A plan to go on belongs to prospects.', max_length=10000, verbose_name='went on after the pilot'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='core',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What is said to be essential, and what others may do in their own way.', max_length=10000, verbose_name='what must stay and what may change'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='cost',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='Setting up, running, time of staff, and who paid.', max_length=10000, verbose_name='cost'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='delivery',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='In groups or one to one, in person or at a distance, when the source says which.', max_length=10000, verbose_name='how it was delivered'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='duration',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='Number of sessions, hours, days, weeks.', max_length=10000, verbose_name='how often and how long'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='fidelity',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='Whether it was carried out as planned, and how that is known.', max_length=10000, verbose_name='kept to plan'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='materials',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What was used or handed out: a handbook, worksheets, a tool. The subjects of a training are not materials.', max_length=10000, verbose_name='materials'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='mechanism',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='The reason the source gives why this would have the effect it was meant to have. An aim is no reason.', max_length=10000, verbose_name='why it should work'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='reach',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='Who took part in the end, and out of how many. Not for whom it was meant.', max_length=10000, verbose_name='who was reached, of how many'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='setting',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='The room, building or town where it took place, and what has to be there.', max_length=10000, verbose_name='where, and what it needs there'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='staff',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='Who carried it out, beyond the authority and the partner, and how they were prepared for it.', max_length=10000, verbose_name='who did it, and with what training'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='steps',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What came first, next and last, when the source tells the order.', max_length=10000, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='pilottranslation',
            name='tailoring',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What was fitted to the people or the place, and to which.', max_length=10000, verbose_name='fitted to whom'),
        ),
        migrations.AlterField(
            model_name='passage',
            name='about',
            field=models.CharField(choices=[('title', 'title'), ('summary', 'summary'), ('background', 'background'), ('objectives', 'objectives'), ('what_was_done', 'what was done'), ('results', 'results'), ('prospects', 'prospects'), ('mechanism', 'why it should work'), ('materials', 'materials'), ('steps', 'steps'), ('staff', 'who did it, and with what training'), ('delivery', 'how it was delivered'), ('setting', 'where, and what it needs there'), ('duration', 'how often and how long'), ('reach', 'who was reached, of how many'), ('tailoring', 'fitted to whom'), ('changes', 'changed on the way, and why'), ('fidelity', 'kept to plan'), ('cost', 'cost'), ('continuation', 'went on after the pilot'), ('core', 'what must stay and what may change'), ('authority', 'authority'), ('partners', 'partners'), ('activity_types', 'activity types'), ('audiences', 'audiences'), ('target_groups', 'target groups'), ('stages', 'stages'), ('start', 'start'), ('end', 'end')], max_length=20, verbose_name='about'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ('title', 'summary', 'background', 'objectives', 'what_was_done', 'results', 'prospects', 'mechanism', 'materials', 'steps', 'staff', 'delivery', 'setting', 'duration', 'reach', 'tailoring', 'changes', 'fidelity', 'cost', 'continuation', 'core', 'authority', 'partners', 'activity_types', 'audiences', 'target_groups', 'stages', 'start', 'end'))), name='passage_is_about_something_known'),
        ),
        migrations.AddConstraint(
            model_name='pilottranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('title'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('summary'), 2000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('background'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('objectives'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('what_was_done'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('results'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('prospects'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('mechanism'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('materials'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('steps'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('staff'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('delivery'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('setting'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('duration'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('reach'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('tailoring'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('changes'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('fidelity'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('cost'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('continuation'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('core'), 10000)), name='pilottranslation_texts_are_not_too_long'),
        ),
        # Last, so that it runs first on the way back.
        migrations.RunPython(migrations.RunPython.noop, delete_pointers),
    ]
