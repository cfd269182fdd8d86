package io.slipway.platform.web;

import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.TaskRefused;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;

/**
 * A page of a list as the API tells it.
 *
 * @param content the rows
 * @param page number of the page, from 0
 * @param size rows on a full page
 * @param total rows of the whole list where it is exact, and otherwise a number of rows that the list has at least
 * @param pages pages that so many rows fill; whenever there is a next page it is among them
 * @param exact whether the list was counted to its end, as it always is up to {@value ListTotal#BOUND} rows
 */
public record Paging<T>(List<T> content, int page, int size, long total, int pages, boolean exact) {

    /** Most rows that a page can have. */
    public static final int MOST = 100;

    private static final int DEEPEST = 1_000_000;

    /** Tells a page, each row in the form that the API has for it. */
    public static <S, T> Paging<T> of(Page<S> rows, Function<S, T> form) {
        return new Paging<>(
                rows.getContent().stream().map(form).toList(),
                rows.getNumber(),
                rows.getSize(),
                rows.getTotalElements(),
                rows.getTotalPages(),
                ListTotal.exact(rows));
    }

    /** How many rows a list has, as its pages tell it: {@code 1,200}, or {@code more than 1,200} where nobody counted to the end. */
    public static String told(Page<?> rows) {
        return ListTotal.exact(rows)
                ? number(rows.getTotalElements())
                : "more than " + number(ListTotal.most(rows.getNumber(), rows.getSize()) - 1);
    }

    private static String number(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    /** The part of a bounded list that stands on a page. */
    public static <T> Page<T> part(List<T> all, Pageable page) {
        int from = (int) Math.min(page.getOffset(), all.size());
        return new PageImpl<>(all.subList(from, Math.min(from + page.getPageSize(), all.size())), page, all.size());
    }

    /**
     * Accepts the number of a page.
     *
     * @throws TaskRefused when there can be no such page
     */
    public static int page(int page) {
        if (page < 0 || page > DEEPEST) {
            throw new TaskRefused("page", "'page' must be a whole number from 0 on.");
        }
        return page;
    }

    /**
     * Accepts the size of a page.
     *
     * @throws TaskRefused when it is too small or too large
     */
    public static int size(int size) {
        if (size < 1 || size > MOST) {
            throw new TaskRefused("size", "'size' must be a whole number from 1 to " + MOST + ".");
        }
        return size;
    }
}
