from django.db import migrations

from mentoring.tenancy.walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial"), ("pairs", "0002_walls")]
    operations = [TenantWalls("evaluation")]
