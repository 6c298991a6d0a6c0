from django.db import migrations

from mentoring.tenancy.walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("pairs", "0001_initial"), ("programmes", "0002_walls")]
    operations = [TenantWalls("pairs")]
