"""A revision may be that somebody checked a translation."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0029_keep_languages_of_accounts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='revision',
            name='kind',
            field=models.CharField(choices=[('found', 'as it was found'), ('created', 'added'), ('changed', 'changed'), ('revised', 'working copy made'), ('discarded', 'working copy thrown away'), ('submitted', 'sent for review'), ('taken-back', 'taken back from review'), ('sent-back', 'sent back'), ('scheduled', 'publication planned'), ('unscheduled', 'planned publication called off'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('archived', 'archived'), ('restored', 'taken out of the archive'), ('reverted', 'earlier revision brought back'), ('renamed', 'address changed'), ('imported', 'imported'), ('replaced', 'value changed in many pilots'), ('merged', 'two values made one'), ('undone', 'undone'), ('deleted', 'deleted'), ('recovered', 'recovered after deletion'), ('handed-over', 'writers changed'), ('confirmed', 'translation checked')], max_length=12, verbose_name='what was done'),
        ),
    ]
