package io.slipway.release;

/** Something in the store is no longer what was sealed. Nothing of the package may be shipped; the message names file and remedy. */
public class PackageDiffers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    /**
     * Names the part at fault.
     *
     * @param part name of the file, or {@code manifest}
     * @param sentence what differs and what to do
     */
    public PackageDiffers(String part, String sentence) {
        super(sentence);
        this.part = part;
    }

    /** Name of the file that differs, or {@code manifest}. */
    public String part() {
        return part;
    }
}
