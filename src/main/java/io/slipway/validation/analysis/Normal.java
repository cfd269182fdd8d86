package io.slipway.validation.analysis;

/** The standard normal distribution. */
final class Normal {

    private Normal() {}

    /** The value below which a share of it lies; by bisection over its distribution function, to 12 digits. */
    static double quantile(double share) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double below(double x) {
        return 0.5 * (1 + erf(x / Math.sqrt(2)));
    }

    /** The error function: by its series near 0, by its continued fraction far from it. */
    private static double erf(double x) {
        double size = Math.abs(x);
        if (size < 3) {
            double term = size;
            double sum = size;
            for (int n = 1; n < 200 && Math.abs(term) > 1e-17; n++) {
                term *= -size * size / n;
                sum += term / (2 * n + 1);
            }
            return Math.copySign(2 / Math.sqrt(Math.PI) * sum, x);
        }
        double fraction = size;
        for (int n = 60; n > 0; n--) {
            fraction = size + n / 2.0 / fraction;
        }
        return Math.copySign(1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / fraction, x);
    }
}
