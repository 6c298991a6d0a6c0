from django.db import migrations

from mentoring.tenancy.walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("templates_app", "0002_walls"), ("tenancy", "0002_walls")]
    operations = [TenantWalls("programmes")]
