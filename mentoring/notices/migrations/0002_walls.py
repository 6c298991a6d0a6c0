from django.db import migrations

from mentoring.tenancy.walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [TenantWalls("notices")]
