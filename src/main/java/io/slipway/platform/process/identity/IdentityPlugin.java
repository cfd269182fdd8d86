package io.slipway.platform.process.identity;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.identity.WritableIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts the guarded users and groups, the slow passwords and the smaller default rights into the engine. */
@Component
class IdentityPlugin extends AbstractProcessEnginePlugin {

    private final ObjectProvider<IdentityRules> rules;
    private final SlowPasswords passwords;

    IdentityPlugin(
            ObjectProvider<IdentityRules> rules,
            @Value("${slipway.sign-in.password-rounds:210000}") int passwordRounds) {
        this.rules = rules;
        this.passwords = new SlowPasswords(passwordRounds);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setPasswordEncryptor(passwords);
        configuration.setResourceAuthorizationProvider(new FewerDefaults());
        // The engine locks an account for ever after ten failures, so that an outsider could lock out everybody. Its
        // delay of up to a
        // minute after each failure stays; the number of attempts is limited in front of it.
        configuration.setLoginMaxAttempts(Integer.MAX_VALUE);
        String unmatched = "{" + passwords.hashAlgorithmName() + "}" + passwords.encrypt("");
        configuration.setIdentityProviderSessionFactory(new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return WritableIdentityProvider.class;
            }

            @Override
            public Session openSession() {
                return new GuardedIdentities(rules::getObject, unmatched);
            }
        });
    }
}
