from django.db import migrations

from mentoring.tenancy.walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]
    operations = [TenantWalls("tenancy", except_=("Membership",))]
