#pragma once

#include "formats/DecodeOptions.h"

#include <QDialog>
#include <QPointer>

class QLabel;
class QPushButton;
class QTabWidget;

namespace sockeye {

class FormatRulesPage;
class MessageFormats;
class Prompts;
class SchemasPage;
class StructsPage;

/// As what the messages of a tab are read: rules, schemas, descriptions of structs. Stands beside the window, so that
/// one sees what a change does to the messages.
class FormatsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The prompts outlive the dialog.
    FormatsDialog(MessageFormats &formats, Prompts &prompts, QWidget *parent = nullptr);

    /// A message to try descriptions with.
    void setExample(const QByteArray &payload);

public Q_SLOTS:
    /// Asks first if something was changed and not applied.
    void reject() override;

private:
    void build();
    [[nodiscard]] DecodeOptions options() const;
    void showOptions();
    void showSet();
    void apply();
    void updateButtons();

    QPointer<MessageFormats> m_formats;
    Prompts &m_prompts;
    /// What the tab had when its options were shown last: only what has changed there since is shown anew.
    DecodeOptions m_shown;
    QTabWidget *m_pages;
    FormatRulesPage *m_rules;
    SchemasPage *m_schemas;
    StructsPage *m_structs;
    QLabel *m_problems;
    QPushButton *m_apply = nullptr;
    QPushButton *m_again = nullptr;
};

} // namespace sockeye
