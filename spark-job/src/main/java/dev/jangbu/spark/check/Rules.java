package dev.jangbu.spark.check;

import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;

/** What lines of a day are judged by; travels to the executors. */
record Rules(Contract contract, String zone, LocalDate businessDate) implements Serializable {
    static Rules of(Contract contract, BusinessCalendar calendar, LocalDate businessDate) {
        return new Rules(contract, calendar.zone().getId(), businessDate);
    }

    EventChecker checker() {
        return new EventChecker(contract, new BusinessCalendar(ZoneId.of(zone)), businessDate);
    }
}
