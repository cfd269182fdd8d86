package io.slipway.platform.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** A response body that fails once it has given more than so many bytes. */
final class BoundedEntity extends HttpEntityWrapper {

    private final long limit;

    BoundedEntity(HttpEntity entity, long limit) {
        super(entity);
        this.limit = limit;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new BoundedStream(super.getContent(), limit);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = getContent()) {
            in.transferTo(out);
        }
    }

    private static final class BoundedStream extends FilterInputStream {

        private final long limit;
        private long count;

        BoundedStream(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                add(1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                add(read);
            }
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            add(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void add(long bytes) throws IOException {
            count += bytes;
            if (count > limit) {
                throw new ResponseTooLarge(limit);
            }
        }

        @Override
        public void close() throws IOException {
            // Closing the connection's stream reads it to its end, which may never come; the response is closed
            // instead.
            if (count <= limit) {
                super.close();
            }
        }
    }
}
