package io.slipway.platform.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import io.slipway.platform.data.PlainText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts as people type them; see {@link PlainText}. */
final class TypedText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    TypedText() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String text = StringDeserializer.instance.deserialize(json, context);
        if (text != null && !PlainText.is(text)) {
            return (String) context.handleWeirdStringValue(String.class, "", "has characters that are no text");
        }
        return text;
    }
}
