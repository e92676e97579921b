package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.books.BookState;
import dev.jangbu.mart.dashboard.DashboardDay.Books;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.Verdict;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** What verdicts, books and days are called, and the style class each is drawn in. */
final class Labels {
    static final Words DAY = new Words("날짜", "Day");
    static final Words CHECK = new Words("검사", "Check");
    static final Words EVENTS = new Words("이벤트", "Events");
    static final Words ORDERS = new Words("주문", "Orders");
    static final Words REVENUE = new Words("매출", "Revenue");
    static final Words REJECTED = new Words("거절", "Rejected");
    static final Words BOOKS = new Words("장부", "Books");

    private Labels() {}

    static Words of(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> new Words("통과", "Passed");
            case QUALITY_FAILED -> new Words("품질 실패", "Failed");
            case INCOMPLETE -> new Words("미완료", "Incomplete");
            case NEVER_RUN -> new Words("실행 없음", "Not run");
        };
    }

    static String style(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "ok";
            case QUALITY_FAILED -> "bad";
            case INCOMPLETE -> "half";
            case NEVER_RUN -> "none";
        };
    }

    static Words of(Books books) {
        return switch (books) {
            case BALANCED -> new Words("맞음", "Balanced");
            case OPEN -> new Words("할 일 있음", "To do");
            case OFF -> new Words("안 맞음", "Off");
            case NONE -> new Words("없음", "None");
        };
    }

    static String style(Books books) {
        return switch (books) {
            case BALANCED -> "ok";
            case OPEN -> "half";
            case OFF -> "bad";
            case NONE -> "none";
        };
    }

    static Words of(BookState state) {
        return switch (state) {
            case BALANCES -> new Words("맞음", "Balances");
            case DROPPED -> new Words("보존 기간이 지나 삭제됨", "Removed, its time was over");
            case NOT_LOADED -> new Words("적재되지 않음", "Not loaded");
            case QUALITY_FAILED -> new Words("품질 검사에서 거절됨", "Refused by its checks");
            case CHECK_OLDER -> new Words("새 데이터가 아직 검사되지 않음", "New data not checked yet");
            case LOAD_OLDER -> new Words("검사한 데이터가 아직 적재되지 않음", "Checked data not loaded yet");
            case MARTS_OLDER -> new Words("마트가 적재보다 오래됨", "Marts older than the load");
            case MARTS_MISSING -> new Words("만들어지지 않은 마트가 있음", "Marts missing");
            case UNBALANCED -> new Words("합계가 맞지 않음", "Sums do not hold");
        };
    }

    static Words of(DayOfWeek day) {
        return new Words(
                day.getDisplayName(TextStyle.NARROW, Locale.KOREAN),
                day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
    }
}
