package jp.musubi.staff;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Keeps passwords as Argon2id (OWASP: 19 MiB, two passes, one lane). Every password is read in
 * NFKC, so that it does not matter which keyboard or width it was typed with.
 */
@Component
class Passwords implements PasswordEncoder {
  private final PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    return argon2.encode(read(password));
  }

  @Override
  public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
    return argon2.matches(read(password), hash);
  }

  private static @Nullable String read(@Nullable CharSequence password) {
    return password == null ? null : Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
