package io.slipway.platform.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Tells what is no number as null: JSON has no word for it, and a text where a number is promised breaks whoever reads it. */
@Component
class FiniteNumbers extends SimpleModule {

    private static final long serialVersionUID = 1;

    FiniteNumbers() {
        super("slipway-finite-numbers");
        addSerializer(Double.class, new Finite());
        addSerializer(double.class, new Finite());
    }

    private static final class Finite extends JsonSerializer<Double> {

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}
