package io.slipway.platform.data;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * How far the rows of a list are counted. Beside a page stands how long its list is, and to count a long list to its end would cost
 * more than the page does. So rows are counted up to a bound, and always up to one row behind the page, which tells whether there is a
 * next one.
 */
public final class ListTotal {

    /** The total of a list with no more rows than this is exact. */
    public static final int BOUND = 100;

    private ListTotal() {}

    /**
     * The statement that counts the rows of a list for one of its pages.
     *
     * @param from the statement of the list from its {@code from} on, without an order
     */
    public static String sql(String from, Pageable page) {
        return sql(from, most(page));
    }

    /**
     * The statement that counts the rows of a list up to a number.
     *
     * @param from the statement of the list from its {@code from} on, without an order
     */
    public static String sql(String from, int most) {
        return "select count(*) from (select 1 as one " + from + " limit " + most + ") counted";
    }

    /** How many rows are counted for a page at most; a list with so many may have more. */
    public static int most(Pageable page) {
        return most(page.getPageNumber(), page.getPageSize());
    }

    /**
     * How many rows are counted for a page at most; a list with so many may have more.
     *
     * @param page number of the page, from 0
     * @param size rows on a full page
     */
    public static int most(int page, int size) {
        return Math.toIntExact(Math.max(BOUND, (page + 1L) * size) + 1);
    }

    /** Whether the list of a page was counted to its end. */
    public static boolean exact(Page<?> rows) {
        return rows.getTotalElements() < most(rows.getNumber(), rows.getSize());
    }
}
