//! Two versions beside each other, while one node after the other is replaced. There is one version here; what a newer one would have done to the
//! database is done by hand.

use super::Cluster;
use super::talk::write;
use crate::support::{Child, within};
use rustix::process::{Signal, kill_process};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_serves_beside_a_newer_version_that_leaves_it_what_it_needs() {
    let mut cluster = Cluster::start(2).await;
    let (alex, _alex_proxy) = cluster.enter(0, "Alex").await;
    cluster.execute("UPDATE chinwag SET schema = schema + 1");
    // One that runs takes no notice, and one that starts neither.
    cluster.stop_node(1).await;
    cluster.start_node(1).await;
    let (sam, _sam_proxy) = cluster.enter(1, "Sam").await;
    alex.says("general", "from the one that runs").await;
    sam.sees("general", "from the one that runs").await;
    sam.says("general", "from the one that starts").await;
    alex.sees("general", "from the one that starts").await;
    cluster.check(&[&alex, &sam], &[]).await;
}

/// It ends with a sentence for its operator, and its people go on at a node that is new enough.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_is_too_old_makes_room() {
    let mut cluster = Cluster::start(2).await;
    let (alex, alex_proxy) = cluster.enter(0, "Alex").await;
    let (sam, _sam_proxy) = cluster.enter(1, "Sam").await;
    let before = (within("an ack", write(&alex, "before")).await, "before".to_owned());
    sam.sees("general", "before").await;
    // The second one stands for the newer version: it does not look while that is in the database for which it would be too old itself.
    let newer = cluster.node(1).id();
    kill_process(newer, Signal::STOP).unwrap();
    cluster.execute("UPDATE chinwag SET schema = schema + 2, readable_from = schema + 1");
    let (ended, said) = cluster.ended(0).await;
    assert_eq!(ended.code(), Some(1));
    assert!(
        said.contains("too old for its database") && said.contains("Install the newer version"),
        "{said}"
    );
    // Nor does it start again.
    let environment = cluster.environment(0);
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    let again = Child::run(&["serve", "--bind", "127.0.0.1", "--port", "0"], &environment).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(again.stderr.contains("too old for the database"), "{}", again.stderr);
    assert!(again.stderr.contains("Install the newer version"), "{}", again.stderr);
    cluster.execute("UPDATE chinwag SET schema = schema - 2, readable_from = 1");
    kill_process(newer, Signal::CONT).unwrap();
    alex_proxy.lead_to(cluster.address(1));
    let after = (within("an ack", write(&alex, "after")).await, "after".to_owned());
    sam.sees("general", "after").await;
    cluster.check(&[&alex, &sam], &[before, after]).await;
}
