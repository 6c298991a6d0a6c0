from django.db import migrations

from mentoring.tenancy.walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("templates_app", "0001_initial"), ("tenancy", "0002_walls")]
    operations = [TenantWalls("templates_app")]
