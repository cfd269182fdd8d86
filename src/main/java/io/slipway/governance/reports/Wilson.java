package io.slipway.governance.reports;

/**
 * Wilson's score interval of a share at 95 %: unlike the plain one it stays between 0 and 1 and says something with few cases as well.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Wilson(double low, double high) {

    private static final double Z = 1.959963984540054;

    /** The interval of {@code hits} among {@code cases}; everything is possible while there is no case. */
    public static Wilson of(long hits, long cases) {
        if (cases == 0) {
            return new Wilson(0, 1);
        }
        double n = cases;
        double share = hits / n;
        double z2 = Z * Z;
        double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        return new Wilson(Math.max(0, middle - half), Math.min(1, middle + half));
    }
}
