package dev.jangbu.load.clean;

import dev.jangbu.kit.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pieces of work that two sessions of their own share: a COPY, or the making of an index, keeps one core of the server
 * busy. Each piece is a transaction. Where one fails, no further one is begun.
 *
 * @param <T> what a piece is about
 */
public final class SharedWork<T> {
    private static final int SESSIONS = 2;

    private final Database database;
    private final Queue<T> waiting;
    private final Piece<T> piece;
    private final List<Future<?>> sessions = new ArrayList<>();

    private SharedWork(Database database, Collection<T> all, Piece<T> piece) {
        this.database = database;
        this.waiting = new ConcurrentLinkedQueue<>(all);
        this.piece = piece;
    }

    /** One piece, in a session that another thread may not use. */
    public interface Piece<T> {
        void in(Connection session, T about) throws SQLException;
    }

    /** Begins, and goes on beside the caller, who is to {@link #await}. Pieces are begun in their order. */
    public static <T> SharedWork<T> begin(Database database, Collection<T> all, Piece<T> piece) {
        SharedWork<T> work = new SharedWork<>(database, all, piece);
        int count = Math.min(SESSIONS, all.size());
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, count));
        for (int session = 0; session < count; session++) {
            work.sessions.add(threads.submit(() -> {
                work.takeAll();
                return null;
            }));
        }
        threads.shutdown();
        return work;
    }

    /** Waits for all before it throws: what is still worked on cannot be dropped. */
    public void await() throws SQLException {
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> session : sessions) {
            try {
                session.get();
            } catch (ExecutionException failure) {
                failures.add(Objects.requireNonNull(failure.getCause()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while sessions worked side by side", interrupted);
            }
        }
        if (!failures.isEmpty()) {
            throw asThrown(failures.get(0));
        }
    }

    private void takeAll() throws SQLException {
        try (Connection session = database.connect()) {
            session.setAutoCommit(false);
            for (T next = waiting.poll(); next != null; next = waiting.poll()) {
                piece.in(session, next);
                session.commit();
            }
        } catch (SQLException | RuntimeException failure) {
            waiting.clear();
            throw failure;
        }
    }

    private static RuntimeException asThrown(Throwable failure) throws SQLException {
        if (failure instanceof SQLException refused) {
            throw refused;
        }
        return failure instanceof RuntimeException told ? told : new IllegalStateException(failure);
    }
}
