DROP TABLE inquiry_attachments;
DROP TABLE inquiry_clarifications;
DROP TABLE inquiry_messages;
DROP TABLE inquiry_threads;
DROP TABLE inquiries;
