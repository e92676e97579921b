package dev.jangbu.transform;

import dev.jangbu.transform.landing.CorrectionSet;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a check finds the corrections it reads the landing with: those in force, or those a replay has just made. */
@FunctionalInterface
interface CorrectionSource {
    CorrectionSet corrections(Connection connection) throws SQLException;
}
