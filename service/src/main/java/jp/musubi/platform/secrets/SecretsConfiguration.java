package jp.musubi.platform.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import jp.musubi.platform.SecretKeyFile;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.key.Pkcs11AesKey;
import jp.musubi.seal.key.Pkcs11Token;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the master keys where the settings say that they lie. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecretsSettings.class, MasterModuleSettings.class})
class SecretsConfiguration {

  @Bean
  MasterKeys masterKeys(
      SecretsSettings settings,
      MasterModuleSettings module,
      @Value("${musubi.inspection.jar:verifier/target/verifier-exec.jar}") Path jar) {
    try {
      return open(settings, module, jar);
    } catch (IllegalStateException | UncheckedIOException | KeyUnavailable e) {
      throw new MasterKeyMissing(e);
    }
  }

  private static MasterKeys open(SecretsSettings settings, MasterModuleSettings module, Path jar) {
    var former = new ArrayList<MasterKey>();
    if (settings.formerMasterKeyFile() != null) {
      former.add(inFile("former-master-key-file", settings.formerMasterKeyFile()));
    }
    module.formerToken().ifPresent(token -> former.add(inModule(token, module.pinFile(), jar)));
    return new MasterKeys(current(settings.masterKeyFile(), module, jar), former);
  }

  private static MasterKey current(@Nullable Path file, MasterModuleSettings module, Path jar) {
    var token = module.token();
    if (token.isPresent() && file != null) {
      throw new IllegalStateException(
          "musubi.secrets.master-key-file and musubi.secrets.pkcs11.module are both set; take one"
              + " away (the file before is named by musubi.secrets.former-master-key-file)");
    }
    if (token.isPresent()) {
      return inModule(token.get(), module.pinFile(), jar);
    }
    if (file == null) {
      throw new IllegalStateException(
          "musubi.secrets.master-key-file is not set: without the master key no stored file opens");
    }
    return inFile("master-key-file", file);
  }

  private static MasterKey inFile(String setting, Path file) {
    return new FileMasterKey(SecretKeyFile.read("musubi.secrets." + setting, file));
  }

  private static MasterKey inModule(Pkcs11Token token, @Nullable Path pinFile, Path jar) {
    if (pinFile == null) {
      throw new IllegalStateException("musubi.secrets.pkcs11.pin-file is not set");
    }
    return new ModuleMasterKey(new Pkcs11AesKey(jar, token, () -> pin(pinFile)));
  }

  private static char[] pin(Path file) {
    try {
      return Files.readAllLines(file).getFirst().strip().toCharArray();
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.secrets.pkcs11.pin-file cannot be read", e);
    }
  }
}
