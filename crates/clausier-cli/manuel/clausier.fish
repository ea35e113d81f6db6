# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_clausier_global_optspecs
    string join \n h/help V/version
end

function __fish_clausier_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_clausier_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_clausier_using_subcommand
    set -l cmd (__fish_clausier_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c clausier -n "__fish_clausier_needs_command" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_needs_command" -s V -l version -d 'Affiche la version'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "rediger" -d 'Rédige une pièce du marché : RC, avis, CCAP, AE, CCTP ou note de calcul [render]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "verifier" -d 'Vérifie un dossier et montre les constats [check]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "comparer" -d 'Montre ce qui change d’un dossier à un autre, par effet juridique [diff]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "verrouiller" -d 'Garde, à côté du dossier, les pièces publiées et ce dont elles sont faites [lock]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "devoirs" -d 'Dit ce que la loi impose à un contrat, lot par lot : dû, non dû, ou inconnu et pourquoi [duties]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "calculer" -d 'Montre le calcul des heures d’insertion, lot par lot, et la cohérence des liaisons [hours]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "noter" -d 'Note et classe des offres par la méthode publiée, avec le calcul de chaque note [score]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "completer" -d 'Remplit d’après les usages ce qui manque au dossier, facteurs et pénalités, à confirmer [complete]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "proposer" -d 'Propose des clauses, des critères et des liaisons pour un dossier, avec les raisons [suggest]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "lister" -d 'Liste les clauses de la bibliothèque [list]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "montrer" -d 'Montre une clause : pourquoi, paramètres, indicateurs, pénalités, textes par pièce [show]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "expliquer" -d 'Explique un constat : pourquoi, que faire, quels textes [explain]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "nouveau" -d 'Écrit un dossier commenté, à compléter, pour une nature de marché et une famille d’achat [new]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "droit" -d 'Montre les textes et les seuils du registre, version par version [law]'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "json" -d 'Répond à une requête JSON lue sur l’entrée standard, pour d’autres programmes'
complete -c clausier -n "__fish_clausier_needs_command" -f -a "schema" -d 'Montre le schéma JSON d’un dossier, ou du protocole, pour les éditeurs et les services'
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l piece -d 'rc, avis, ccap, ae, cctp, cadre-prix, cadre-reponse, cadre-suivi, fiche, note, toutes ; rc par défaut' -r
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l format -d 'md, txt, html, docx, odt, xlsx, json, ou plusieurs : docx,odt ; par défaut, selon -o, sinon md' -r
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -s o -l sortie -d 'Fichier à écrire, ou répertoire pour plusieurs pièces ou plusieurs formats' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l premier-numero -d 'Numéro du premier article, par exemple 7.3' -r
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l style -d 'Style des numéros, écrit sur le chiffre 7 : « Article 7 – », « 7. », « 7 - »' -r
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l espaces -d 'fine (par défaut), insecable (sans espace fine) ou ascii (espaces ordinaires)' -r
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l a-confirmer -d 'Place de la feuille « À confirmer » : fin (par défaut), debut ou sans' -r
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l ecraser -d 'Remplace le fichier de sortie s’il existe'
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l brouillon -d 'Rédige malgré les constats bloquants, sous un bandeau qui les nomme'
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l bloc -d 'Le bloc seul, à coller dans votre pièce : ni titre, ni identité, ni commentaires'
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -l mettre-a-jour -d 'Rédige des pièces qui ne sont plus celles du verrou du dossier, et le dit'
complete -c clausier -n "__fish_clausier_using_subcommand rediger" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand verifier" -l format -d 'texte (par défaut) : constats sur la sortie d’erreur ; json, ou sarif pour les forges : sur la sortie standard' -r
complete -c clausier -n "__fish_clausier_using_subcommand verifier" -l au -d 'Le même dossier lancé ce jour-là, et ce que cela change' -r
complete -c clausier -n "__fish_clausier_using_subcommand verifier" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand verifier" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l bibliotheque-avant -d 'L’ancien dossier se lit avec ces clauses ; le nouveau, avec celles de --bibliotheque' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l au -d 'Le dossier nouveau lancé ce jour-là' -r
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l piece -d 'Une seule pièce : rc, avis, ccap, ae, cctp, cadre-prix, cadre-reponse, cadre-suivi, fiche, note' -r
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l format -d 'texte, md, html, json, docx, odt ; par défaut, selon -o, sinon texte' -r
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l auteur -d 'Auteur des révisions d’un fichier docx ou odt ; « clausier » par défaut' -r
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l date -d 'Jour de ces révisions ; sans lui, un docx n’en a pas, et un odt, qui en veut un, porte le 1970-01-01' -r
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -s o -l sortie -d 'Fichier à écrire ; pour docx et odt, un fichier si une seule pièce change, sinon un répertoire' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l verrou -d 'L’ancien est ce que garde le verrou du dossier'
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -l ecraser -d 'Remplace le fichier de sortie s’il existe'
complete -c clausier -n "__fish_clausier_using_subcommand comparer" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand verrouiller" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand verrouiller" -l mettre-a-jour -d 'Remplace un verrou dont les pièces ne sont plus celles du dossier'
complete -c clausier -n "__fish_clausier_using_subcommand verrouiller" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand devoirs" -l format -d 'texte (par défaut) ou json' -r
complete -c clausier -n "__fish_clausier_using_subcommand devoirs" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand devoirs" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand calculer" -l format -d 'texte (par défaut) ou json' -r
complete -c clausier -n "__fish_clausier_using_subcommand calculer" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand calculer" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand noter" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand noter" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand completer" -s o -l sortie -d 'Copie du dossier à écrire ; sans elle, la copie est imprimée' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand completer" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand completer" -l ecraser -d 'Remplace le fichier de sortie s’il existe'
complete -c clausier -n "__fish_clausier_using_subcommand completer" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -l format -d 'texte (par défaut) ou json' -r
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -l ajouter -d 'Écrit une copie du dossier avec ces clauses, leurs questions en commentaires (avec -o)' -r
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -s o -l sortie -d 'Copie du dossier à écrire' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -l tout -d 'Montre tout ce qui convient, avec les raisons de chaque proposition'
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -l ecraser -d 'Remplace le fichier de sortie s’il existe'
complete -c clausier -n "__fish_clausier_using_subcommand proposer" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l nature -d 'social, environnement, liaison, critere' -r
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l famille -d 'Clauses qui conviennent à cette famille d’achat, par exemple bat-peinture' -r
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l niveau -d 'base, renforce, exemplaire' -r
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l statut -d 'brouillon, relu, retire' -r
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l texte -d 'Clauses dont le fichier contient ce mot, accents et majuscules indifférents' -r
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l format -d 'texte (par défaut) ou json' -r
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand lister" -l familles -d 'Liste les familles d’achat ; avec --texte, celles que désignent ces mots ou ce code CPV'
complete -c clausier -n "__fish_clausier_using_subcommand lister" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand montrer" -l format -d 'texte (par défaut) ou json' -r
complete -c clausier -n "__fish_clausier_using_subcommand montrer" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand montrer" -l fichier -d 'Imprime le fichier TOML de la clause, tel qu’il est écrit'
complete -c clausier -n "__fish_clausier_using_subcommand montrer" -l apercu -d 'Imprime les pièces d’un dossier d’exemple où la clause est choisie'
complete -c clausier -n "__fish_clausier_using_subcommand montrer" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand expliquer" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -l nature -d 'travaux, fournitures, services' -r
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -l famille -d 'Famille d’achat, par exemple bat-peinture ; plusieurs familles font autant de lots' -r
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -l contrat -d 'marche, accord-cadre, concession ; marche par défaut' -r
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -s o -l sortie -d 'Fichier à écrire ; sans lui, le dossier est imprimé' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -l ecraser -d 'Remplace le fichier de sortie s’il existe'
complete -c clausier -n "__fish_clausier_using_subcommand nouveau" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand droit" -l au -d 'Ne montre que ce qui est en vigueur pour une consultation lancée ce jour-là' -r
complete -c clausier -n "__fish_clausier_using_subcommand droit" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand json" -s h -l help -d 'Affiche cette aide'
complete -c clausier -n "__fish_clausier_using_subcommand schema" -l bibliotheque -d 'Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant' -r -F
complete -c clausier -n "__fish_clausier_using_subcommand schema" -l protocole -d 'Le schéma des requêtes et des réponses de « clausier json »'
complete -c clausier -n "__fish_clausier_using_subcommand schema" -s h -l help -d 'Affiche cette aide'
