"""What people see: view models first, then documents from them (docx, HTML, PDF, xlsx)."""
