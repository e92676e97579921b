package dev.jangbu.search.http;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 100;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** A value that cannot be taken. */
    public static ProblemException badValue(String name, String value, String expected) {
        return new ProblemException(Problem.ofValue(400, name, shortened(value), expected));
    }

    /** A thing that is not there, or not this caller's: the two read the same. */
    public static ProblemException notFound(String name, String value, String expected) {
        return new ProblemException(Problem.ofValue(404, name, shortened(value), expected));
    }

    public Problem problem() {
        return problem;
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
