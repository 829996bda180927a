-- Rulebooks and factor sets that are added while the program runs: one person proposes a text, another decides. An
-- approved text is kept among the documents (rulebook_documents, factor_set_documents) in the decision's transaction.
CREATE TABLE tanxiao.document_proposals (
  id uuid PRIMARY KEY,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('rulebook', 'factor-set')),
  document_id text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  text text NOT NULL,
  reason text NOT NULL CHECK (btrim(reason) <> ''),
  proposed_by text NOT NULL CHECK (btrim(proposed_by) <> ''),
  actor text NOT NULL,
  request_id text NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  CHECK (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);
CREATE INDEX document_proposals_hash ON tanxiao.document_proposals (hash);
COMMENT ON TABLE tanxiao.document_proposals IS 'Rulebooks and factor sets proposed to take force (提案), whole. Append-only';
COMMENT ON COLUMN tanxiao.document_proposals.reason IS 'In the proposer''s words';
COMMENT ON COLUMN tanxiao.document_proposals.proposed_by IS 'Name as stated, until accounts exist';

CREATE TABLE tanxiao.proposal_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  proposal_id uuid NOT NULL UNIQUE REFERENCES tanxiao.document_proposals,
  decision text COLLATE "C" NOT NULL CHECK (decision IN ('approved', 'rejected')),
  decided_by text NOT NULL CHECK (btrim(decided_by) <> ''),
  reason text CHECK (btrim(reason) <> ''),
  actor text NOT NULL,
  request_id text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  CHECK (decision <> 'rejected' OR reason IS NOT NULL)
);
COMMENT ON TABLE tanxiao.proposal_decisions IS 'Approval or rejection of a proposal (审批), one each, by another person than the proposer. Append-only';
COMMENT ON COLUMN tanxiao.proposal_decisions.id IS 'Order in which decisions were taken: of two approved versions that begin on one day the later decision counts';

-- As personKey() of packages/contracts, except that lower() folds only ASCII where the database has the C locale.
CREATE FUNCTION tanxiao.person_key(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(regexp_replace(normalize(name, NFKC), '\s+', '', 'g'))
$$;
COMMENT ON FUNCTION tanxiao.person_key(text) IS 'Two spellings of one name have one key';

CREATE FUNCTION tanxiao.check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proposal tanxiao.document_proposals;
  kept text;
BEGIN
  SELECT * INTO proposal FROM tanxiao.document_proposals WHERE id = NEW.proposal_id;
  IF NOT FOUND THEN
    -- The foreign key refuses it.
    RETURN NEW;
  END IF;
  IF tanxiao.person_key(proposal.proposed_by) = tanxiao.person_key(NEW.decided_by) THEN
    RAISE EXCEPTION 'proposal % is decided by another person than its proposer', NEW.proposal_id USING ERRCODE = 'TX003';
  END IF;
  IF NEW.decision = 'approved' THEN
    IF proposal.kind = 'rulebook' THEN
      INSERT INTO tanxiao.rulebook_documents (hash, id, version, text, actor, request_id)
      VALUES (proposal.hash, proposal.document_id, proposal.version, proposal.text, NEW.actor, NEW.request_id)
      ON CONFLICT DO NOTHING;
      SELECT hash INTO kept FROM tanxiao.rulebook_documents
      WHERE id = proposal.document_id AND version = proposal.version;
    ELSE
      INSERT INTO tanxiao.factor_set_documents (hash, id, version, text, actor, request_id)
      VALUES (proposal.hash, proposal.document_id, proposal.version, proposal.text, NEW.actor, NEW.request_id)
      ON CONFLICT DO NOTHING;
      SELECT hash INTO kept FROM tanxiao.factor_set_documents
      WHERE id = proposal.document_id AND version = proposal.version;
    END IF;
    IF kept IS DISTINCT FROM proposal.hash THEN
      RAISE EXCEPTION '% % is kept with another text', proposal.document_id, proposal.version USING ERRCODE = 'TX004';
    END IF;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION tanxiao.check_decision() IS 'Another person decides; an approved document is kept under its own id and version, or the decision is refused';
CREATE TRIGGER another_person_decides BEFORE INSERT ON tanxiao.proposal_decisions
  FOR EACH ROW EXECUTE FUNCTION tanxiao.check_decision();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['document_proposals', 'proposal_decisions'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tanxiao.%I
      FOR EACH STATEMENT EXECUTE FUNCTION tanxiao.refuse_change()', name);
  END LOOP;
END $$;
