package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Snapshot;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Business dates besides the yardstick's, for as long as a fault needs them. */
final class OtherDays {
    private OtherDays() {}

    /** Takes these days out of the tables; the yardstick's day is built again. */
    static void forget(Scene scene, List<Day> days) throws IOException, InterruptedException, SQLException {
        Site site = scene.site();
        for (Day day : days) {
            site.sql().execute("DROP TABLE IF EXISTS " + day.partition());
            Site.delete(day.folder(site.workspace(), "landing"));
            Site.delete(day.folder(site.workspace(), "clean"));
        }
        for (String mart : Snapshot.marts(site.sql())) {
            site.sql().execute("DELETE FROM mart." + mart);
        }
        site.must(scene.yardstick().day().mart("all"));
    }
}
