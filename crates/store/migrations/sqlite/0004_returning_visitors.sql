-- A visit may go on over another connection: whoever knows the secret of this hash is the same visitor.

ALTER TABLE users ADD COLUMN way_back BLOB;
