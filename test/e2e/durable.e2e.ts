/** What becomes of waiting executions when n8n is killed, restarted or updated: in real time, so it takes its while. */
import './durable/kills';
import './durable/crash';
import './durable/edits';
import './durable/updates';
