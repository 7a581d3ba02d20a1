package jp.musubi.renewal;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.NewestVersions;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the other features hand out of a concluded contract. */
@Component
@Transactional(readOnly = true)
class HandedOut implements NewestVersions {
  private final Versions versions;

  HandedOut(Versions versions) {
    this.versions = versions;
  }

  @Override
  public Sha256 of(ContractId contract, Sha256 concluded) {
    return versions.newest(contract, concluded);
  }

  @Override
  public Map<Sha256, Sha256> followers(ContractId contract) {
    var all = versions.of(contract);
    var concluded =
        all.stream()
            .filter(version -> version.ordinal() == 0)
            .collect(Collectors.toMap(Version::kind, Version::sha256));
    var followers = new HashMap<Sha256, Sha256>();
    all.stream()
        .filter(version -> version.ordinal() > 0)
        .forEach(version ->
            followers.put(
                version.sha256(), concluded.getOrDefault(version.kind(), version.sha256())));
    return followers;
  }
}
