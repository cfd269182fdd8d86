package io.slipway.platform.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts as people type them: lines and tabs, but no other character that controls a device, a mail or a log. */
final class TypedText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    TypedText() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String text = StringDeserializer.instance.deserialize(json, context);
        if (text != null && text.chars().anyMatch(TypedText::isNoText)) {
            return (String) context.handleWeirdStringValue(String.class, "", "has control characters");
        }
        return text;
    }

    private static boolean isNoText(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
    }
}
