package dev.jangbu.mart.build;

import dev.jangbu.mart.definition.Mart;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The days of a mart that loads touched and no build of it has seen. */
record TouchedDays(Mart mart, Jdbi jdbi) {
    /** The oldest first; none where nothing was ever loaded of the mart's own dataset, for there is nothing to build from. */
    List<LocalDate> waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT business_date
                        FROM ops.v_touched_mart_day
                        WHERE
                            mart = :mart
                            AND is_waiting
                            AND EXISTS (SELECT FROM ops.load_log WHERE dataset = :dataset)
                        ORDER BY business_date""")
                .bind("mart", mart.name())
                .bind("dataset", mart.metadata().source().dataset())
                .mapTo(LocalDate.class)
                .list());
    }
}
