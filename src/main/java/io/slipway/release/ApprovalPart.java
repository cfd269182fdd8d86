package io.slipway.release;

/**
 * Something that an approval signs. Each phase contributes what it owns; which names must be there is data, and a missing or
 * failing one refuses the approval.
 */
public interface ApprovalPart {

    /** Stable name, such as {@code scope}. */
    String name();

    /**
     * What is signed now.
     *
     * @throws RuntimeException when it cannot be told, which refuses the approval
     */
    Content content(Release release);

    /**
     * Content of a part.
     *
     * @param summary one line for the approver
     * @param facts everything that matters, as records, maps, lists, texts, numbers and booleans; the same facts always give the
     *     same digest (RFC 8785)
     */
    record Content(String summary, Object facts) {}
}
