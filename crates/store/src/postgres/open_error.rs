use std::io;

/// Why a storage on PostgreSQL did not open. Each is a sentence that tells the operator what to do.
#[derive(Debug, thiserror::Error)]
pub enum PostgresOpenError {
    /// Nobody answers there.
    #[error(
        "Cannot reach PostgreSQL at {server} ({reason}). Start it, or correct the host and the port in DATABASE_URL."
    )]
    NoServer {
        /// Host and port.
        server: String,
        /// What the system said.
        reason: String,
    },
    /// The connection cannot be encrypted as it should be.
    #[error(
        "Cannot encrypt the connection to PostgreSQL at {server} ({reason}). Correct sslmode or sslrootcert in DATABASE_URL, or the server's certificate."
    )]
    Tls {
        /// Host and port.
        server: String,
        /// What went wrong.
        reason: String,
    },
    /// There are no authorities to believe.
    #[error(
        "Cannot look at the certificate of PostgreSQL: {reason}. Name a file of authorities with sslrootcert in DATABASE_URL."
    )]
    Certificates {
        /// What went wrong.
        reason: String,
    },
    /// The server does not let this user in.
    #[error(
        "PostgreSQL does not let {user} in ({reason}). Correct the name and the password in DATABASE_URL."
    )]
    SignIn {
        /// The PostgreSQL user.
        user: String,
        /// What the server said.
        reason: String,
    },
    /// There is no such database.
    #[error(
        "PostgreSQL at {server} has no database {database}. Create it with: createdb --encoding UTF8 {database}"
    )]
    NoDatabase {
        /// Host and port.
        server: String,
        /// Its name.
        database: String,
    },
    /// The server is older than what is needed.
    #[error("PostgreSQL at {server} is of version {found}. Chinwag needs 14 or newer.")]
    TooOld {
        /// Host and port.
        server: String,
        /// What it says of itself.
        found: String,
    },
    /// The database cannot hold every text.
    #[error(
        "The database {database} is encoded as {found}. Create another one with: createdb --encoding UTF8 --template template0 NAME"
    )]
    Encoding {
        /// Its name.
        database: String,
        /// Its encoding.
        found: String,
    },
    /// The database takes no writes.
    #[error(
        "The database {database} takes no writes: it is a replica or read-only. Name the primary server in DATABASE_URL."
    )]
    ReadOnly {
        /// Its name.
        database: String,
    },
    /// What is acked could be lost.
    #[error(
        "PostgreSQL at {server} runs with {setting}, and could lose messages that were acknowledged. Set {remedy}."
    )]
    Forgetful {
        /// Host and port.
        server: String,
        /// The setting, such as `fsync = off`.
        setting: String,
        /// What is to be set instead, and where.
        remedy: &'static str,
    },
    /// Another server has the database, and this one would have it alone.
    #[error(
        "Another chinwag is using the database {database}. Stop it, choose another database, or set REDIS_URL on every node, so that they may use it together."
    )]
    InUse {
        /// Its name.
        database: String,
    },
    /// Another server has the database alone.
    #[error(
        "Another chinwag, one without REDIS_URL, is using the database {database}. Stop it, and set REDIS_URL on every node."
    )]
    InUseAlone {
        /// Its name.
        database: String,
    },
    /// The database belongs to another program.
    #[error(
        "The database {database} holds tables of another program. Create an empty one with: createdb --encoding UTF8 NAME"
    )]
    Foreign {
        /// Its name.
        database: String,
    },
    /// A newer version has migrated the database, so that this one may not use it any more.
    #[error(
        "This Chinwag is too old for the database {database}, which a newer one has migrated (its schema is {found}, this version knows {known}). Install the newer version here, or restore a backup."
    )]
    Newer {
        /// Its name.
        database: String,
        /// The schema of the database.
        found: i32,
        /// The newest schema of this version.
        known: i32,
    },
    /// This user may not do what is needed.
    #[error(
        "{user} may not use the database {database} as Chinwag has to ({reason}). Make it the owner with: ALTER DATABASE {database} OWNER TO {user}"
    )]
    NoRight {
        /// The PostgreSQL user.
        user: String,
        /// The database.
        database: String,
        /// What the server said.
        reason: String,
    },
    /// The server fails otherwise.
    #[error("PostgreSQL at {server} does not do what is asked ({reason}). See its log.")]
    Other {
        /// Host and port.
        server: String,
        /// What it said.
        reason: String,
    },
    /// The system gives no thread.
    #[error("Cannot start a thread for the storage. Raise the limit of processes.")]
    Thread(#[from] io::Error),
}
