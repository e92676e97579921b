package dev.jangbu.search;

import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.search.http.Answers;
import dev.jangbu.search.http.Problem;
import dev.jangbu.search.http.ProblemException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What went wrong, as the answer tells it. What the server itself did wrong is told in its log, not to who asks. */
@RestControllerAdvice
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final String CANCELED = "57014";

    @ExceptionHandler
    ResponseEntity<byte[]> refused(ProblemException refused) {
        return Answers.problem(refused.problem());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> other(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            int status = known.getStatusCode().value();
            return Answers.problem(
                    Problem.of(status, String.valueOf(known.getBody().getTitle()), detail(known)));
        }
        SQLException sql = SqlFailures.find(failure);
        if (sql != null && CANCELED.equals(sql.getSQLState())) {
            return Answers.problem(Problem.of(
                    503, "Took too long", "the search took more than 5 s; ask for fewer days or for one store"));
        }
        if (sql != null && (sql instanceof SQLTransientConnectionException || SqlFailures.isUnavailable(sql))) {
            log.warn("database=unavailable reason={}", sql.getMessage());
            return Answers.problem(Problem.of(503, "Database away", "the database does not answer; try again later"));
        }
        log.error("request=failed", failure);
        return Answers.problem(Problem.of(500, "Failed", "the server failed; its log says how"));
    }

    private static String detail(ErrorResponse known) {
        String detail = known.getBody().getDetail();
        return detail == null ? "" : detail;
    }
}
