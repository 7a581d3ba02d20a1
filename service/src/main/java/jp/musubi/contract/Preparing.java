package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SignatureField;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 署名の準備. Gives a draft's document one empty signature field for each party, before anybody signs
 * (SIG-4); from here on the bytes are settled.
 */
@Service
public class Preparing {
  private final ContractStore contracts;
  private final Drafts drafts;
  private final Vault vault;

  Preparing(ContractStore contracts, Drafts drafts, Vault vault) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.vault = vault;
  }

  /** Prepares the draft's document for the parties it has now. */
  @Transactional
  public void prepare(ContractId id) {
    var draft = contracts.find(id).orElseThrow(() -> new NotFound("contract " + id));
    var fields =
        draft.parties().stream()
            .map(party -> new SignatureField(SignatureFields.of(party)))
            .toList();
    drafts.settle(
        id,
        vault.with(
            draft.document(),
            document -> {
              try {
                var prepared = Files.createTempFile("musubi-prepared", ".pdf");
                try {
                  Preparation.prepare(document, prepared, fields);
                  return vault.put(prepared, "application/pdf");
                } finally {
                  Files.deleteIfExists(prepared);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }
}
